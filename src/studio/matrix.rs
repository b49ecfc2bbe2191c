//! What is drawn: every scene's own page, and from the scenes that lead there the pages one tap further on.

use crate::scenes::Scene;
use latchkey_screen::present::{fits, state_page};
use latchkey_screen::{Panel, Theme};
use latchkey_ui::Page;

/// How one frame is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Language.
    pub locale: &'static str,
    /// Panel.
    pub panel: Panel,
    /// Text size.
    pub text_percent: u16,
    /// Colours.
    pub theme: Theme,
    /// The amount is hidden.
    pub private: bool,
}

/// One frame of the matrix.
#[derive(Clone, Debug)]
pub struct Shot<'a> {
    /// The scene.
    pub scene: &'a Scene,
    /// The page on show.
    pub page: Page,
    /// The question, on page *answer*.
    pub answer: usize,
    /// How it is drawn.
    pub look: Look,
}

impl Shot<'_> {
    /// Name of its picture, without `.png`.
    #[must_use]
    pub fn name(&self) -> String {
        let Look {
            panel,
            text_percent,
            theme,
            ..
        } = &self.look;
        let theme = theme_name(*theme);
        format!("{}.{panel}.{text_percent}.{theme}", self.page_name())
    }

    /// Scene, page and language: what decides which words are shown, whatever the panel, text size and colours.
    #[must_use]
    pub fn page_name(&self) -> String {
        let page = page_name(self.page);
        let answer = if self.page == Page::Answer {
            format!("-{}", self.answer)
        } else {
            String::new()
        };
        let private = if self.look.private { ".private" } else { "" };
        format!("{}.{page}{answer}{private}.{}", self.scene.name, self.look.locale)
    }
}

/// The name of a set of colours on the command line and in names of pictures.
#[must_use]
pub fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
        Theme::Sunlight => "sunlight",
    }
}

/// The name of a page as it stands in the contract.
#[must_use]
pub fn page_name(page: Page) -> String {
    format!("{page:?}").to_lowercase()
}

/// Pages that look the same, or nearly, in every scene: drawn from the scenes named here.
const FROM: [(Page, &[&str]); 18] = [
    (
        Page::Pay,
        &[
            "locked",
            "locked-sandbox",
            "locked-no-link",
            "locked-offline",
            "locked-long-names",
            "locked-huge-amount",
            "locked-rupee",
            "locked-pound",
            "locked-other-amount",
            "locked-no-terms",
            "open-grace",
            "free-late",
        ],
    ),
    (
        Page::Paid,
        &[
            "locked",
            "locked-claim",
            "locked-claim-asking",
            "locked-claim-offline",
            "locked-claim-spent",
            "locked-long-names",
        ],
    ),
    (
        Page::Backup,
        &["locked", "locked-backup-used", "locked-backup-spent"],
    ),
    (
        Page::Emergency,
        &[
            "locked",
            "locked-sandbox",
            "locked-no-numbers",
            "settled",
            "welcome-none",
            "backup",
        ],
    ),
    (Page::Dial, &["locked"]),
    (
        Page::Call,
        &[
            "locked",
            "locked-long-names",
            "locked-sandbox",
            "unknown-lost",
            "settled",
            "locked-no-numbers",
        ],
    ),
    (Page::Help, &["locked", "locked-long-names"]),
    (Page::Answer, &["locked", "locked-long-names"]),
    (Page::Why, &["locked", "locked-unproven", "locked-long-names"]),
    (
        Page::Log,
        &[
            "locked",
            "locked-long-log",
            "locked-rollback",
            "settled",
            "released-paid",
        ],
    ),
    (Page::Language, &["locked"]),
    (Page::Settings, &["locked", "locked-sandbox"]),
    (Page::About, &["locked", "settled"]),
    (Page::Mistake, &["locked", "locked-disputed", "locked-long-names"]),
    (Page::Hardship, &["locked", "locked-long-names"]),
    (
        Page::Code,
        &[
            "locked-code",
            "locked-code-wait",
            "locked-code-closed",
            "locked-opening",
        ],
    ),
    (Page::Opening, &["locked"]),
    (Page::Home, &[]),
];

/// The pages that are drawn of a scene: its own, and those that it stands for.
#[must_use]
pub fn pages(scene: &Scene) -> Vec<(Page, usize)> {
    let mut pages = vec![(state_page(&scene.snapshot), 0)];
    for (page, scenes) in FROM {
        let here = scenes.contains(&scene.name.as_str());
        if here && fits(page, &scene.snapshot) && page != state_page(&scene.snapshot) {
            let answers = if page == Page::Answer { ANSWERS } else { 1 };
            pages.extend((0..answers).map(|answer| (page, answer)));
        }
    }
    pages
}

/// Number of questions on page *help*.
const ANSWERS: usize = 18;

/// Every frame of `scenes` in these languages, panels, sizes and themes.
#[must_use]
pub fn shots<'a>(
    scenes: &'a [Scene],
    locales: &[&'static str],
    panels: &[Panel],
    percents: &[u16],
    themes: &[Theme],
) -> Vec<Shot<'a>> {
    let mut shots = Vec::new();
    let of = |scene| {
        pages(scene)
            .into_iter()
            .map(move |(page, answer)| (scene, page, answer))
    };
    let mut all: Vec<(&Scene, Page, usize)> = scenes.iter().flat_map(of).collect();
    // A page that stays is laid out again only where its scene differs.
    all.sort_by_key(|(_, page, answer)| (*page as usize, *answer));
    // Outermost what is dear to change: the language, then the panel. Colours are cheap: they move nothing.
    for locale in locales {
        for panel in panels {
            for text_percent in percents {
                for (scene, page, answer) in all.iter().copied() {
                    let hides = page == Page::Home && scene.name == "locked";
                    for private in [false, true].into_iter().filter(|private| hides || !private) {
                        shots.extend(themes.iter().map(|theme| Shot {
                            scene,
                            page,
                            answer,
                            look: Look {
                                locale,
                                panel: *panel,
                                text_percent: *text_percent,
                                theme: *theme,
                                private,
                            },
                        }));
                    }
                }
            }
        }
    }
    shots
}
