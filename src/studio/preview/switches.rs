//! The switches of the window: their positions, and the keys that turn them.

use super::devices::{DEVICES, Device};
use super::filter::Filter;
use super::languages::Offer;
use super::setting::{Network, Setting, Subject};
use super::value;
use latchkey_screen::{Choices, Page, Theme};

/// A switch with several positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// What is drawn.
    Scene,
    /// The page.
    Page,
    /// The language.
    Locale,
    /// The phone.
    Device,
    /// Text size.
    Text,
    /// Colours.
    Theme,
    /// How it stands with the server.
    Network,
    /// Time of day.
    Time,
    /// Whose eyes.
    Filter,
}

/// A switch that is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toggle {
    /// What can be pressed.
    Targets,
    /// The reading order.
    Order,
    /// What is wrong.
    Findings,
    /// Lines every 4 dp.
    Grid,
    /// The phone around it.
    Body,
    /// The amount is hidden.
    Private,
}

/// What can be chosen just now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Names of the scenes.
    pub scenes: Vec<String>,
    /// Pages that mean something in the scene.
    pub pages: Vec<String>,
    /// The languages.
    pub languages: Vec<Offer>,
    /// Pages of the contract that wait for a new start.
    pub unknown_pages: Vec<String>,
    /// A position of the command line that its switch does not have.
    pub odd: Odd,
}

/// What was asked for on the command line beside the usual positions of a switch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Odd {
    device: Option<Device>,
    text_percent: Option<u16>,
    minute: Option<u16>,
}

impl Odd {
    /// What of `setting` no switch has.
    #[must_use]
    pub fn of(setting: &Setting) -> Odd {
        let percent = setting.text_percent;
        Odd {
            device: Some(setting.device).filter(|d| !DEVICES.contains(d)),
            text_percent: Some(percent).filter(|p| !Choices::TEXT_PERCENT.contains(p)),
            minute: setting.minute.filter(|m| !MINUTES.contains(m)),
        }
    }
}

fn devices(known: &Known) -> impl Iterator<Item = Device> {
    DEVICES.into_iter().chain(known.odd.device)
}

fn percents(known: &Known) -> impl Iterator<Item = u16> {
    Choices::TEXT_PERCENT.into_iter().chain(known.odd.text_percent)
}

fn minutes(known: &Known) -> impl Iterator<Item = u16> {
    MINUTES.into_iter().chain(known.odd.minute)
}

/// Minutes of the day that the switch *time* has.
const MINUTES: [u16; 7] = [
    6 * 60,
    9 * 60,
    12 * 60,
    15 * 60,
    18 * 60,
    21 * 60 + 30,
    23 * 60 + 59,
];

impl Switch {
    /// All of them, from top to bottom.
    pub const ALL: [Switch; 9] = [
        Switch::Scene,
        Switch::Page,
        Switch::Locale,
        Switch::Device,
        Switch::Text,
        Switch::Theme,
        Switch::Network,
        Switch::Time,
        Switch::Filter,
    ];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Switch::Scene => "Scene",
            Switch::Page => "Page",
            Switch::Locale => "Language",
            Switch::Device => "Device",
            Switch::Text => "Text size",
            Switch::Theme => "Colours",
            Switch::Network => "Network",
            Switch::Time => "Time of day",
            Switch::Filter => "Filter",
        }
    }

    /// The key that turns it on by one.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Switch::Scene => "→",
            Switch::Page => "↓",
            Switch::Locale => "l",
            Switch::Device => "d",
            Switch::Text => "t",
            Switch::Theme => "c",
            Switch::Network => "n",
            Switch::Time => "h",
            Switch::Filter => "f",
        }
    }

    /// Its positions.
    #[must_use]
    pub fn options(self, known: &Known) -> Vec<String> {
        match self {
            Switch::Scene => {
                let more = [Subject::Components.name(), Subject::Colours.name()];
                let scenes = known.scenes.iter().map(String::as_str);
                scenes.chain(more).map(str::to_owned).collect()
            }
            Switch::Page => {
                let pages = known.pages.iter().cloned();
                std::iter::once("(of the scene)".to_owned())
                    .chain(pages)
                    .collect()
            }
            Switch::Locale => {
                let languages = known.languages.iter();
                languages.map(|l| format!("{}  {}", l.tag, l.name)).collect()
            }
            Switch::Device => devices(known)
                .map(|d| format!("{}  {}", d.name, d.panel))
                .collect(),
            Switch::Text => percents(known).map(|p| format!("{p} %")).collect(),
            Switch::Theme => Theme::ALL
                .iter()
                .map(|t| format!("{t:?}").to_lowercase())
                .collect(),
            Switch::Network => Network::ALL.iter().map(|n| n.name().to_owned()).collect(),
            Switch::Time => {
                let minutes = minutes(known).map(|m| format!("{}:{:02}", m / 60, m % 60));
                std::iter::once("scene".to_owned()).chain(minutes).collect()
            }
            Switch::Filter => Filter::ALL.iter().map(|f| f.name().to_owned()).collect(),
        }
    }

    /// Its position in `setting`.
    #[must_use]
    pub fn at(self, setting: &Setting, known: &Known) -> usize {
        let at = match self {
            Switch::Scene => {
                let name = setting.subject.name();
                self.options(known).iter().position(|o| o == name)
            }
            Switch::Page => setting.page.and_then(|page| {
                let name = value::kebab(&format!("{page:?}"));
                known.pages.iter().position(|p| *p == name).map(|at| at + 1)
            }),
            Switch::Locale => known.languages.iter().position(|l| l.tag == setting.locale),
            Switch::Device => devices(known).position(|d| d == setting.device),
            Switch::Text => percents(known).position(|p| p == setting.text_percent),
            Switch::Theme => Theme::ALL.iter().position(|t| *t == setting.theme),
            Switch::Network => Network::ALL.iter().position(|n| *n == setting.network),
            Switch::Time => setting
                .minute
                .and_then(|minute| minutes(known).position(|m| m == minute).map(|at| at + 1)),
            Switch::Filter => Filter::ALL.iter().position(|f| *f == setting.filter),
        };
        at.unwrap_or(0)
    }

    /// Turns it to position `at`.
    pub fn turn(self, at: usize, setting: &mut Setting, known: &Known) {
        match self {
            Switch::Scene => {
                if let Some(name) = self.options(known).get(at) {
                    setting.subject = Subject::named(name);
                    setting.page = None;
                }
            }
            Switch::Page => {
                let name = at.checked_sub(1).and_then(|at| known.pages.get(at));
                setting.page = name.and_then(|name| value::named::<Page>(name).ok());
            }
            Switch::Locale => {
                if let Some(language) = known.languages.get(at) {
                    setting.locale.clone_from(&language.tag);
                }
            }
            Switch::Device => set(&mut setting.device, devices(known).nth(at).as_ref()),
            Switch::Text => set(&mut setting.text_percent, percents(known).nth(at).as_ref()),
            Switch::Theme => set(&mut setting.theme, Theme::ALL.get(at)),
            Switch::Network => set(&mut setting.network, Network::ALL.get(at)),
            Switch::Time => setting.minute = at.checked_sub(1).and_then(|at| minutes(known).nth(at)),
            Switch::Filter => set(&mut setting.filter, Filter::ALL.get(at)),
        }
    }

    /// Turns it on by one, or back by one; after the last position comes the first.
    pub fn step(self, back: bool, setting: &mut Setting, known: &Known) {
        let count = self.options(known).len().max(1);
        let at = self.at(setting, known);
        let to = (if back { at + count - 1 } else { at + 1 }) % count;
        self.turn(to, setting, known);
    }
}

fn set<T: Copy>(what: &mut T, to: Option<&T>) {
    if let Some(to) = to {
        *what = *to;
    }
}

impl Toggle {
    /// All of them, from top to bottom.
    pub const ALL: [Toggle; 6] = [
        Toggle::Targets,
        Toggle::Order,
        Toggle::Findings,
        Toggle::Grid,
        Toggle::Body,
        Toggle::Private,
    ];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Toggle::Targets => "Targets, red under 48 dp",
            Toggle::Order => "Reading order",
            Toggle::Findings => "Findings",
            Toggle::Grid => "Grid of 4 dp",
            Toggle::Body => "Phone around it",
            Toggle::Private => "Amount hidden",
        }
    }

    /// Its key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Toggle::Targets => "1",
            Toggle::Order => "2",
            Toggle::Findings => "3",
            Toggle::Grid => "4",
            Toggle::Body => "b",
            Toggle::Private => "a",
        }
    }

    /// Where it stands in `setting`.
    #[must_use]
    pub fn of(self, setting: &mut Setting) -> &mut bool {
        match self {
            Toggle::Targets => &mut setting.overlays.targets,
            Toggle::Order => &mut setting.overlays.order,
            Toggle::Findings => &mut setting.overlays.findings,
            Toggle::Grid => &mut setting.overlays.grid,
            Toggle::Body => &mut setting.body,
            Toggle::Private => &mut setting.private,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_switch_comes_round_and_no_two_share_a_key() {
        let known = Known {
            scenes: vec!["free".into(), "locked".into()],
            pages: vec!["home".into(), "pay".into()],
            languages: ["en", "sw"]
                .map(|tag| Offer {
                    tag: tag.into(),
                    name: tag.into(),
                })
                .into(),
            unknown_pages: Vec::new(),
            odd: Odd::of(&Setting {
                text_percent: 150,
                minute: Some(425),
                ..Setting::default()
            }),
        };
        let start = Setting::default();
        for switch in Switch::ALL {
            let mut setting = start.clone();
            let count = switch.options(&known).len();
            let mut seen = Vec::new();
            for _ in 0..count {
                switch.step(false, &mut setting, &known);
                seen.push(switch.at(&setting, &known));
            }
            seen.sort_unstable();
            assert_eq!(seen, (0..count).collect::<Vec<_>>(), "{switch:?}");
            switch.step(false, &mut setting, &known);
            switch.step(true, &mut setting, &known);
            assert_eq!(setting, start, "{switch:?} back and forth");
        }
        assert_eq!(Switch::Text.options(&known).last().unwrap(), "150 %");
        let mut keys: Vec<_> = Switch::ALL.iter().map(|s| s.key()).collect();
        keys.extend(Toggle::ALL.iter().map(|t| t.key()));
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }
}
