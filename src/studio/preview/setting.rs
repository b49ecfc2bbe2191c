//! What is on show: every switch of the preview.

use super::devices::{DEVICES, Device};
use super::filter::Filter;
use latchkey_core::snapshot::{Fault, Link, Snapshot};
use latchkey_screen::{Page, Theme};

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A scene of `tests/scenes`, by its name.
    Scene(String),
    /// Every component in every state: `ui/gallery/gallery.slint`.
    Components,
    /// The colours of the theme with their contrast: `ui/gallery/swatches.slint`.
    Colours,
}

impl Subject {
    /// What it is called on the command line and in the list.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Subject::Scene(name) => name,
            Subject::Components => "(components)",
            Subject::Colours => "(colours)",
        }
    }

    /// The subject called `name`, with or without brackets.
    #[must_use]
    pub fn named(name: &str) -> Subject {
        match name.trim_matches(['(', ')']) {
            "components" => Subject::Components,
            "colours" => Subject::Colours,
            _ => Subject::Scene(name.to_owned()),
        }
    }
}

/// How it stands with the lender's server, whatever the scene says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    /// As the scene has it.
    #[default]
    Scene,
    /// Answered just now.
    Online,
    /// Nobody answers.
    Offline,
}

impl Network {
    /// All of them.
    pub const ALL: [Network; 3] = [Network::Scene, Network::Online, Network::Offline];

    /// What it is called on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Network::Scene => "scene",
            Network::Online => "online",
            Network::Offline => "offline",
        }
    }
}

/// What is drawn over the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlays {
    /// What can be pressed, with its size; red under 48 dp.
    pub targets: bool,
    /// Numbers in reading order.
    pub order: bool,
    /// What is wrong, where.
    pub findings: bool,
    /// Lines every 4 dp.
    pub grid: bool,
}

/// Every switch.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// What is drawn.
    pub subject: Subject,
    /// The page; `None`: the one that the scene asks for.
    pub page: Option<Page>,
    /// Language tag.
    pub locale: String,
    /// The phone.
    pub device: Device,
    /// The phone's body, its status bar and its buttons are drawn around the picture.
    pub body: bool,
    /// Text size, percent.
    pub text_percent: u16,
    /// Colours.
    pub theme: Theme,
    /// The amount is hidden.
    pub private: bool,
    /// How it stands with the server.
    pub network: Network,
    /// Minute of the day, local; `None`: as the scene has it.
    pub minute: Option<u16>,
    /// What is drawn over it.
    pub overlays: Overlays,
    /// Whose eyes.
    pub filter: Filter,
}

impl Default for Setting {
    fn default() -> Self {
        Setting {
            subject: Subject::Scene("locked".into()),
            page: None,
            locale: "en".into(),
            device: DEVICES[0],
            body: false,
            text_percent: 100,
            theme: Theme::Light,
            private: false,
            network: Network::Scene,
            minute: None,
            overlays: Overlays::default(),
            filter: Filter::None,
        }
    }
}

impl Setting {
    /// `scene` with this network and time of day.
    #[must_use]
    pub fn snapshot(&self, scene: &Snapshot) -> Snapshot {
        let mut snapshot = scene.clone();
        if let (Some(minute), Some(now)) = (self.minute, snapshot.now_s) {
            let east = i64::from(snapshot.utc_offset_min) * 60;
            let local = i64::try_from(now).unwrap_or(0) + east;
            let midnight = local - local.rem_euclid(86_400);
            let then = midnight + i64::from(minute) * 60 - east;
            snapshot.now_s = Some(u64::try_from(then).unwrap_or(0));
        }
        let at = snapshot.now_s;
        match self.network {
            Network::Scene => {}
            Network::Online => snapshot.link = Link::Online { at_s: at },
            Network::Offline => {
                snapshot.link = Link::Fault {
                    fault: Fault::Offline,
                    since_s: at.map(|s| s.saturating_sub(3_600)),
                };
            }
        }
        snapshot
    }

    /// Name of a picture of it, without `.png`.
    #[must_use]
    pub fn name(&self, page: Page) -> String {
        let subject = match &self.subject {
            Subject::Scene(name) => format!("{name}.{}", super::value::kebab(&format!("{page:?}"))),
            Subject::Components => "components".into(),
            Subject::Colours => "colours".into(),
        };
        let theme = format!("{:?}", self.theme).to_lowercase();
        let mut name = format!(
            "{subject}.{}.{}.{}.{theme}",
            self.locale, self.device.panel, self.text_percent
        );
        let Overlays {
            targets,
            order,
            findings,
            grid,
        } = self.overlays;
        let minute = self.minute.map(|m| format!("{:02}{:02}", m / 60, m % 60));
        for (on, what) in [
            (self.private, "private"),
            (self.network != Network::Scene, self.network.name()),
            (minute.is_some(), minute.as_deref().unwrap_or_default()),
            (self.body, "body"),
            (targets, "targets"),
            (order, "order"),
            (findings, "findings"),
            (grid, "grid"),
            (self.filter != Filter::None, self.filter.name()),
        ] {
            if on {
                name.push('.');
                name.push_str(what);
            }
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_day_moves_within_the_day_of_the_scene() {
        let scenes = crate::scenes::load(&crate::scenes::folder()).unwrap();
        let scene = scenes.iter().find(|s| s.name == "locked").unwrap();
        let at = |minute| {
            let setting = Setting {
                minute,
                ..Setting::default()
            };
            let snapshot = setting.snapshot(&scene.snapshot);
            let (now, east) = (snapshot.now_s.unwrap(), snapshot.utc_offset_min);
            (
                latchkey_screen::format::clock(now, east),
                latchkey_screen::format::day_of(now, east),
            )
        };
        let (_, day) = at(None);
        assert_eq!(at(Some(0)), ("0:00".to_owned(), day));
        assert_eq!(at(Some(21 * 60 + 30)), ("21:30".to_owned(), day));
    }

    #[test]
    fn a_subject_is_found_by_its_name() {
        for subject in [
            Subject::Scene("locked".into()),
            Subject::Components,
            Subject::Colours,
        ] {
            assert_eq!(Subject::named(subject.name()), subject);
        }
        assert_eq!(Subject::named("colours"), Subject::Colours);
    }
}
