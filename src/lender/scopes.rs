//! What a client of the API may do: the table of scopes, and sets of them (RFC 6749 §3.3).
//!
//! They are narrow on purpose: a call centre that reads claims and grants time needs `devices:read claims:read
//! grace:write`, and can neither lock nor settle with them.

use std::fmt;

macro_rules! scopes {
    ($($name:ident $word:literal $what:literal;)*) => {
        /// One permission.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Scope {$(
            #[doc = $what]
            $name,
        )*}

        impl Scope {
            /// All of them, in the order of the table.
            pub const ALL: &[Scope] = &[$(Scope::$name),*];

            /// As it stands in tokens.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Scope::$name => $word),* }
            }

            /// What it allows.
            #[must_use]
            pub const fn what(self) -> &'static str {
                match self { $(Scope::$name => $what),* }
            }
        }
    };
}

scopes! {
    DevicesRead "devices:read" "Read phones, their agreements, money and orders.";
    DevicesEnrol "devices:enrol" "Add phones and make enrolment codes.";
    TermsWrite "terms:write" "Send notices, terms and agreed plans; take payments back.";
    LocksWrite "locks:write" "Sign locks; pull the stop switch.";
    LocksBulk "locks:bulk" "Ask for many locks at once.";
    LocksApprove "locks:approve" "Approve many locks; let locks go on after a stop.";
    ReleasesWrite "releases:write" "Lift locks; book payments.";
    GraceWrite "grace:write" "Open a lock in force for a time.";
    SettleWrite "settle:write" "End contracts for good.";
    CodesRead "codes:read" "Read spoken codes out.";
    ClaimsRead "claims:read" "Read what owners said.";
    ClaimsResolve "claims:resolve" "Answer what owners said.";
    WebhooksManage "webhooks:manage" "Manage webhooks.";
    AuditRead "audit:read" "Read the audit.";
    ClientsManage "clients:manage" "Make, list and end clients; add and retire their keys.";
}

impl Scope {
    /// Whether it only frees phones: no limit that others can use up stands before it.
    #[must_use]
    pub fn frees(self) -> bool {
        matches!(
            self,
            Scope::ReleasesWrite | Scope::GraceWrite | Scope::SettleWrite
        )
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// What an integration gets that names none: everything but settling, spoken codes, approvals and other clients.
    #[must_use]
    pub fn usual() -> Scopes {
        let apart = [
            Scope::SettleWrite,
            Scope::CodesRead,
            Scope::LocksApprove,
            Scope::ClientsManage,
        ];
        Scope::ALL
            .iter()
            .copied()
            .filter(|scope| !apart.contains(scope))
            .collect()
    }

    /// Reads scopes that stand between single blanks; `None` if one is unknown.
    #[must_use]
    pub fn parse(text: &str) -> Option<Scopes> {
        let known = |word: &str| Scope::ALL.iter().copied().find(|scope| scope.as_str() == word);
        text.split(' ').map(known).collect()
    }

    /// Whether it holds a scope.
    #[must_use]
    pub fn allow(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether it holds every scope of another set.
    #[must_use]
    pub fn cover(&self, other: &Scopes) -> bool {
        other.0.iter().all(|scope| self.allow(*scope))
    }

    /// What stands in both.
    #[must_use]
    pub fn and(&self, other: &Scopes) -> Scopes {
        self.0
            .iter()
            .copied()
            .filter(|scope| other.allow(*scope))
            .collect()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Scope> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Scopes {
        let mut scopes: Vec<_> = scopes.into_iter().collect();
        scopes.sort_unstable();
        scopes.dedup();
        Scopes(scopes)
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.0.iter().map(|scope| scope.as_str()).collect();
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_read_back_as_it_is_written() {
        let all: Scopes = Scope::ALL.iter().copied().collect();
        assert_eq!(Scopes::parse(&all.to_string()), Some(all));
        assert_eq!(
            Scopes::parse("grace:write devices:read grace:write")
                .unwrap()
                .to_string(),
            "devices:read grace:write"
        );
        for unknown in ["", "locks", "locks:write  grace:write", "LOCKS:WRITE"] {
            assert_eq!(Scopes::parse(unknown), None, "{unknown:?}");
        }
    }

    #[test]
    fn the_usual_set_ends_no_contract_reads_no_code_approves_nothing_and_makes_no_client() {
        let usual = Scopes::usual();
        for apart in [
            Scope::SettleWrite,
            Scope::CodesRead,
            Scope::LocksApprove,
            Scope::ClientsManage,
        ] {
            assert!(!usual.allow(apart));
        }
        assert!(usual.allow(Scope::LocksWrite) && usual.cover(&Scopes::parse("grace:write").unwrap()));
    }
}
