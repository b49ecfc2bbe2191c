//! The picture of an easel: the page, the phone around it, the marks over it; then what is wrong with it.

use super::canvas::{self, Area};
use super::devices::Device;
use super::easel::{Easel, Faults};
use super::pages::{Fault, Part};
use super::picture::{Picture, Took, timed};
use super::setting::Subject;
use super::switches::Known;
use crate::stage::{Place, judge};
use latchkey_screen::findings::{Finding, Kind};
use latchkey_screen::semantics::Measures;
use latchkey_screen::{Page, Panel};
use slint_interpreter::Value;

/// A gallery is as tall as it needs after two looks; it never goes on for ever.
const MOST_STRETCHES: usize = 4;

impl Easel {
    /// The picture when every movement has ended, judged.
    #[must_use]
    pub fn settled(&mut self) -> Picture {
        let picture = self.drawn();
        self.judged(picture)
    }

    /// The picture when every movement has ended, not judged yet.
    #[must_use]
    pub fn drawn(&mut self) -> Picture {
        if !self.stale {
            let screen = &self.screen;
            let _ = timed(&mut self.took.draw, || screen.draw_settled());
            // What is as large as the panel allows, as the code to scan, grows with it.
            for _ in 0..MOST_STRETCHES {
                let Some(tall) = self.gallery_height() else { break };
                if self.tall.is_some_and(|t| (t - tall).abs() <= 1.0) {
                    break;
                }
                self.tall = Some(tall);
                self.show();
                let screen = &self.screen;
                let _ = timed(&mut self.took.draw, || screen.draw_settled());
            }
        }
        self.picture()
    }

    fn gallery_height(&self) -> Option<f32> {
        let (part, pages) = self.pages.as_ref()?;
        if matches!(part, Part::Page(_) | Part::Whole) {
            return None;
        }
        match pages.instance().get_property("needs") {
            Ok(Value::Number(needs)) => Some(needs as f32),
            Ok(_) | Err(_) => None,
        }
    }

    /// The picture as it is now, not judged yet.
    #[must_use]
    pub fn picture(&mut self) -> Picture {
        let mut picture = match self.last.clone().filter(|_| self.stale) {
            Some(last) => Picture {
                setting: self.setting.clone(),
                saved: None,
                judged: false,
                ..last
            },
            None => self.paint(&[]),
        };
        picture.faults = self.faults();
        picture.notes.clone_from(&self.notes);
        picture.known = self.known();
        picture.stale = self.stale || self.scene_is_old();
        picture.took = self.took;
        if !self.stale {
            self.last = Some(picture.clone());
        }
        picture
    }

    /// The same picture with what is wrong: findings on the page, and in the words when they are new.
    #[must_use]
    pub fn judged(&mut self, mut picture: Picture) -> Picture {
        let mut took = std::mem::take(&mut self.took.judge);
        timed(&mut took, || {
            if self.new_words {
                self.faults.judged = self.language.judged();
                self.new_words = false;
                picture.faults = self.faults();
            }
            if self.stale {
                return;
            }
            picture.findings = self.findings();
            if self.setting.overlays.findings && !picture.findings.is_empty() {
                let marked = self.paint(&picture.findings);
                (picture.frame, picture.plain) = (marked.frame, marked.plain);
            }
        });
        self.took.judge = took;
        picture.took = self.took;
        picture.judged = true;
        if !self.stale {
            self.last = Some(picture.clone());
        }
        picture
    }

    fn faults(&self) -> Vec<Fault> {
        let Faults {
            pages,
            words,
            judged,
            scenes,
            shown,
        } = &self.faults;
        let all = [pages, shown, scenes, words, judged];
        all.into_iter().flatten().map(|f| f.from(&self.folders)).collect()
    }

    /// The file of the scene on show cannot be read.
    fn scene_is_old(&self) -> bool {
        let name = self.setting.subject.name();
        let of_scene = |f: &Fault| f.file.file_stem().is_some_and(|stem| stem == name);
        self.faults.scenes.iter().any(of_scene)
    }

    /// The page with the phone around it and the marks over it.
    fn paint(&mut self, findings: &[Finding]) -> Picture {
        let mut took = self.took.draw;
        let picture = timed(&mut took, || self.paint_now(findings));
        self.took.draw = took;
        picture
    }

    fn paint_now(&mut self, findings: &[Finding]) -> Picture {
        let frame = self.screen.draw();
        self.page_frame = Some(frame.clone());
        let right_to_left = self.language.words.locale.right_to_left;
        let mut marks = canvas::marks(
            self.screen.window(),
            findings,
            self.setting.overlays,
            right_to_left,
        );
        let order = std::mem::take(&mut marks.spoken);
        let Device {
            panel,
            insets,
            bar,
            hole,
            ..
        } = self.setting.device;
        let seen = self.setting.filter.see(frame, panel.scale);
        let snapshot = self.scene().map(|s| self.setting.snapshot(&s.snapshot));
        canvas::fill(
            &self.canvas,
            &seen,
            &canvas::Body {
                on: self.setting.body && matches!(self.setting.subject, Subject::Scene(_)),
                scale: panel.scale,
                insets,
                bar,
                hole,
                right_to_left,
                dark: self.setting.theme == latchkey_screen::Theme::Dark,
                snapshot: snapshot.as_ref(),
            },
            marks,
        );
        let (width, height) = canvas::size(&self.canvas, &seen, panel.scale);
        self.paper.set_panel(Panel {
            width,
            height,
            scale: panel.scale,
        });
        let plain = self.paper.draw();
        let edge = (canvas::edge(&self.canvas) * panel.scale).round() as u32;
        let area = Area {
            x: edge,
            y: edge,
            width: seen.width,
            height: seen.height,
        };
        let page = self.view().map_or(Page::Home, |v| v.lock.page);
        Picture {
            frame: Picture::with_grid(&plain, area, &self.setting),
            plain,
            area,
            setting: self.setting.clone(),
            name: self.setting.name(page),
            page,
            findings: Vec::new(),
            order,
            faults: Vec::new(),
            notes: Vec::new(),
            stale: false,
            empty: self.pages.is_none(),
            saved: None,
            judged: false,
            known: Known::default(),
            took: Took::default(),
        }
    }

    fn findings(&self) -> Vec<Finding> {
        let Some(frame) = &self.page_frame else {
            return Vec::new();
        };
        let locale = self.language.words.locale;
        let place = Place {
            panel: self.setting.device.panel,
            insets: self.setting.device.insets,
            right_to_left: locale.right_to_left,
            emergency: &latchkey_ui::words::frame_emergency_spoken(&self.language.words),
        };
        let mut findings = judge(self.screen.window(), frame, &place, &mut Measures::default());
        if !matches!(self.setting.subject, Subject::Scene(_)) {
            // A gallery shows the same button in many states, and none in the corner.
            findings.retain(|f| !matches!(f.kind, Kind::Moved | Kind::Label | Kind::Order));
        }
        findings
    }
}
