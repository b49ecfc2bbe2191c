//! `cargo studio preview` on the command line.

use super::devices;
use super::easel::Easel;
use super::filter::Filter;
use super::setting::{Network, Overlays, Setting, Subject};
use super::sources::Folders;
use super::{languages, sources, value, window, worker};
use clap::Args;
use latchkey_screen::{Page, Theme};
use std::path::PathBuf;
use std::process::ExitCode;

/// Every switch of the window, and where things are.
#[derive(Args, Clone, Debug, Default)]
pub struct PreviewArgs {
    /// A scene of tests/scenes, e.g. locked; or `components`, or `colours`.
    #[arg(long)]
    scene: Option<String>,
    /// A page, e.g. pay; without it the one that the scene asks for.
    #[arg(long)]
    page: Option<String>,
    /// Language, e.g. ar; a folder of --i18n, or en-XA and en-XB, which are made of English.
    #[arg(long)]
    locale: Option<String>,
    /// Device by name, e.g. floor, common, large, gestures; or a panel, e.g. 480x854@1.5.
    #[arg(long)]
    size: Option<String>,
    /// Text size in percent, 100 to 200.
    #[arg(long)]
    text: Option<u16>,
    /// Colours: light, dark, sunlight.
    #[arg(long)]
    theme: Option<String>,
    /// Network: scene, online, offline.
    #[arg(long)]
    network: Option<String>,
    /// Time of day on the phone, e.g. 21:30.
    #[arg(long)]
    time: Option<String>,
    /// Drawn over the picture: targets, order, findings, grid.
    #[arg(long, value_delimiter = ',')]
    overlay: Vec<String>,
    /// Whose eyes: protan, deutan, tritan, achromat, blur.
    #[arg(long)]
    filter: Option<String>,
    /// The phone around the picture.
    #[arg(long)]
    body: bool,
    /// The amount is hidden.
    #[arg(long)]
    private: bool,
    /// Draw into this PNG and end, without a window. Exit code 1: something is wrong with the picture; 2: with the files.
    #[arg(long, value_name = "FILE")]
    shot: Option<PathBuf>,
    /// Where the key S saves to.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    save_to: PathBuf,
    /// Another source tree, with ui, i18n and tests/scenes in it.
    #[arg(long, value_name = "FOLDER")]
    tree: Option<PathBuf>,
    /// Another folder with one folder a language; a language may be there alone.
    #[arg(long, value_name = "DIR")]
    i18n: Option<PathBuf>,
    /// Print for every saved file how long it took until it was seen.
    #[arg(long)]
    timing: bool,
}

fn pick<T: Copy>(text: &str, all: &[T], name: impl Fn(T) -> String) -> Result<T, String> {
    all.iter().copied().find(|t| name(*t) == text).ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|t| name(*t)).collect();
        format!("`{text}` is none of {}", names.join(", "))
    })
}

fn minute(text: &str) -> Result<u16, String> {
    let bad = || format!("`{text}` is no time of day: write e.g. 21:30");
    let (hour, minute) = text.split_once(':').ok_or_else(bad)?;
    let number = |text: &str, under| text.parse::<u16>().ok().filter(|n| *n < under).ok_or_else(bad);
    Ok(number(hour, 24)? * 60 + number(minute, 60)?)
}

impl PreviewArgs {
    /// The folders that are previewed.
    #[must_use]
    pub fn folders(&self) -> Folders {
        let folders = self.tree.as_deref().map_or_else(Folders::own, Folders::below);
        match &self.i18n {
            Some(i18n) => Folders {
                // As the system names it when a file in it is saved.
                i18n: i18n.canonicalize().unwrap_or_else(|_| i18n.clone()),
                ..folders
            },
            None => folders,
        }
    }

    /// The setting that is asked for, of what is in `folders`.
    ///
    /// # Errors
    /// A word that is none of those that there are, with those.
    pub fn setting(&self, folders: &Folders) -> Result<Setting, String> {
        let mut setting = Setting {
            body: self.body,
            private: self.private,
            ..Setting::default()
        };
        if let Some(name) = &self.scene {
            setting.subject = Subject::named(name);
        }
        if let Subject::Scene(name) = &setting.subject {
            let scenes = sources::scene_names(folders)?;
            if scenes.is_empty() {
                return Err(format!(
                    "{}: there is no scene in this folder",
                    folders.scenes.display()
                ));
            }
            if !scenes.contains(name) {
                return Err(format!(
                    "no scene is called `{name}`: {}, components, colours",
                    scenes.join(", ")
                ));
            }
        }
        if let Some(name) = &self.page {
            let pages = || {
                format!(
                    "no page is called `{name}`: {}",
                    value::names::<Page>().join(", ")
                )
            };
            setting.page = Some(value::named(name).map_err(|_| pages())?);
        }
        if let Some(tag) = &self.locale {
            let tags: Vec<_> = languages::offered(&folders.i18n)
                .into_iter()
                .map(|l| l.tag)
                .collect();
            if !tags.contains(tag) {
                let (i18n, tags) = (folders.i18n.display(), tags.join(", "));
                return Err(format!("no language is called `{tag}` in {i18n}: {tags}"));
            }
            setting.locale.clone_from(tag);
        }
        if let Some(name) = &self.size {
            setting.device = devices::find(name)?;
        }
        if let Some(percent) = self.text {
            if !(100..=200).contains(&percent) {
                return Err(format!(
                    "a text size of {percent} % is not there: the screen has 100 to 200 %"
                ));
            }
            setting.text_percent = percent;
        }
        if let Some(name) = &self.theme {
            setting.theme = pick(name, &Theme::ALL, |t| format!("{t:?}").to_lowercase())?;
        }
        if let Some(name) = &self.network {
            setting.network = pick(name, &Network::ALL, |n| n.name().to_owned())?;
        }
        if let Some(name) = &self.filter {
            setting.filter = pick(name, &Filter::ALL, |f| f.name().to_owned())?;
        }
        setting.minute = self.time.as_deref().map(minute).transpose()?;
        setting.overlays = overlays(&self.overlay)?;
        Ok(setting)
    }
}

fn overlays(names: &[String]) -> Result<Overlays, String> {
    let mut overlays = Overlays::default();
    for name in names {
        match name.as_str() {
            "targets" => overlays.targets = true,
            "order" => overlays.order = true,
            "findings" => overlays.findings = true,
            "grid" => overlays.grid = true,
            _ => return Err(format!("`{name}` is none of targets, order, findings, grid")),
        }
    }
    Ok(overlays)
}

/// Opens the window, or draws one picture; `say` gets what is wrong, a line each.
///
/// # Errors
/// What is missing, with the next step.
pub fn run(args: &PreviewArgs, say: fn(&str)) -> Result<ExitCode, String> {
    let folders = args.folders();
    if !folders.i18n.is_dir() {
        return Err(format!("{}: no such folder", folders.i18n.display()));
    }
    let setting = args.setting(&folders)?;
    if let Some(file) = args
        .shot
        .as_ref()
        .filter(|file| file.extension().is_none_or(|end| end != "png"))
    {
        return Err(format!("{}: a picture is a PNG; name it .png", file.display()));
    }
    let Some(file) = &args.shot else {
        let timing = args.timing.then_some(say);
        window::run(&folders, setting, args.save_to.clone(), timing)?;
        return Ok(ExitCode::SUCCESS);
    };
    let mut easel = Easel::new(folders, setting)?;
    let mut picture = easel.settled();
    for fault in easel.all_faults() {
        if !picture.faults.contains(&fault) {
            picture.faults.push(fault);
        }
    }
    let faults = picture.faults.iter().map(ToString::to_string);
    let wrong: Vec<String> = faults.chain(picture.notes.iter().cloned()).collect();
    wrong.iter().for_each(|line| say(line));
    // What is said wrongly is shown in English; what cannot be drawn, or is not what was asked for, is no picture.
    if picture.stale || !picture.notes.is_empty() {
        return Ok(ExitCode::from(2));
    }
    for finding in &picture.findings {
        say(&finding.to_string());
    }
    worker::write(&picture.frame, file)?;
    let fine = wrong.is_empty() && picture.findings.is_empty();
    Ok(ExitCode::from(u8::from(!fine)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_misspelt_is_told_with_what_there_is() {
        let wrong = |args: PreviewArgs| args.setting(&Folders::own()).unwrap_err();
        let some = |text: &str| Some(text.to_owned());
        let page = PreviewArgs {
            page: some("pey"),
            ..PreviewArgs::default()
        };
        assert!(wrong(page).contains("pay"));
        let locale = PreviewArgs {
            locale: some("xx"),
            ..PreviewArgs::default()
        };
        assert!(wrong(locale).contains("hi"));
        let scene = PreviewArgs {
            scene: some("lokked"),
            ..PreviewArgs::default()
        };
        assert!(wrong(scene).contains("locked-rupee"));
        let text = PreviewArgs {
            text: Some(300),
            ..PreviewArgs::default()
        };
        assert!(wrong(text).contains("100 to 200"));
        for time in ["24:00", "7", "7:60", "noon"] {
            let time = PreviewArgs {
                time: some(time),
                ..PreviewArgs::default()
            };
            assert!(wrong(time).contains("21:30"));
        }
        let time = PreviewArgs {
            time: some("7:05"),
            ..PreviewArgs::default()
        };
        assert_eq!(time.setting(&Folders::own()).unwrap().minute, Some(425));
    }
}
