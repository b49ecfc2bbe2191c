//! How it stands with the lender's server, and what can go wrong on the way.

use serde::{Deserialize, Serialize};

/// How it stands with the lender's server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Link {
    /// A question is out, or about to be.
    #[default]
    Asking,
    /// Answered.
    Online {
        /// Unix seconds of the last answer, by the display clock.
        at_s: Option<u64>,
    },
    /// No answer.
    Fault {
        /// Which.
        fault: Fault,
        /// Unix seconds of the last good answer, by the display clock.
        since_s: Option<u64>,
    },
}

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What can go wrong between the phone, its storage and the server (protocol §7, *the agent's own*).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Fault { $($(#[$doc])* #[serde(rename = $text)] $name,)* }
        impl Fault {
            /// Every fault.
            pub const ALL: &'static [Fault] = &[$(Fault::$name,)*];
            /// The stable code.
            #[must_use]
            pub fn as_str(self) -> &'static str { match self { $(Fault::$name => $text,)* } }
        }
        impl std::fmt::Display for Fault {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

faults! {
    /// No network, or nobody answers.
    Offline = "a_offline",
    /// The server's certificate is not one of ours.
    Tls = "a_tls",
    /// The certificate's dates do not fit the phone's clock.
    TlsTime = "a_tls_time",
    /// Something answered that is not the lender's server.
    WrongServer = "a_wrong_server",
    /// The server answered with an error.
    Http = "a_http",
    /// No room to store the next record.
    DiskFull = "a_disk_full",
    /// A file cannot be read or written.
    Unreadable = "a_unreadable",
    /// Another process holds this phone's files.
    StoreBusy = "a_store_busy",
    /// The enrolment code was not accepted.
    EnrolCode = "a_enrol_code",
    /// No provisioning file: nothing can lock.
    NotProvisioned = "a_not_provisioned",
}
