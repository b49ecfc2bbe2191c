//! The files, compiled in, and read one by one: a phone reads its own market's when it is first asked for, and no other.

use super::Profile;
use crate::order::values::ProfileId;
use std::sync::OnceLock;

macro_rules! files {
    ($($id:literal,)*) => {
        /// The ids of the files, which are their names.
        pub const IDS: &[&str] = &[$($id),*];

        /// The files, compiled in, in the order of [`IDS`].
        pub const FILES: &[&str] = &[$(include_str!(concat!("../../../assets/markets/", $id, ".toml"))),*];
    };
}

files! {
    "demo", "demo-hours", "demo-strict", "unknown", "ae", "bd", "br", "co", "de", "eg", "et", "fr", "gh", "id", "in", "it",
    "ke", "kh", "lk", "mm", "mx", "my", "ng", "ph", "pk", "th", "tz", "uk", "us", "us-ca", "us-nj", "us-nv",
    "vn", "za",
}

static READ: [OnceLock<Option<Profile>>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];

impl Profile {
    /// The compiled profile with that id. A file that does not parse is no profile: its market is unknown then, and
    /// nothing locks there; a test parses all.
    #[must_use]
    pub fn by_id(id: &ProfileId) -> Option<&'static Profile> {
        named(id.as_str())
    }

    /// The profile of a market nobody knows: nothing is allowed, and two emergency numbers stand there. `None` only if
    /// its file were broken, which a test forbids.
    #[must_use]
    pub fn unknown() -> Option<&'static Profile> {
        named("unknown")
    }
}

fn named(id: &str) -> Option<&'static Profile> {
    let n = IDS.iter().position(|known| *known == id)?;
    let (place, file) = (READ.get(n)?, FILES.get(n)?);
    place.get_or_init(|| Profile::parse(file).ok()).as_ref()
}
