//! The screen in a window, and the sandbox lender on its own threads.

use crate::args::Show;
use crate::say;
use crate::session::{DesktopError, Session};
use latchkey_core::command::Command;
use latchkey_core::snapshot::{Phase, Snapshot};
use latchkey_phone::Phone;
use latchkey_phone::preview::Desktop;
use latchkey_screen::{Insets, Panel};
use slint::ComponentHandle as _;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Shows the screen until its window is closed.
///
/// # Errors
/// Window, phone or lender cannot start.
pub fn run(show: &Show) -> Result<(), DesktopError> {
    let screen_error = |e: slint::PlatformError| DesktopError::Phone(e.into());
    slint::BackendSelector::new()
        .backend_name("winit".into())
        .renderer_name("software".into())
        .select()
        .map_err(screen_error)?;
    let session = Arc::new(Session::open(show)?);
    let desktop = Desktop::saying(|done| say(&format!("  {done}")));
    let config = session.phone(show, show.size)?;
    let phone = Phone::start(config, Box::new(desktop.clone()), Box::new(desktop))?;
    let window = phone.screen().component().window();
    window.set_size(slint::LogicalSize::new(
        show.size.width_dp(),
        show.size.height_dp(),
    ));
    // A monitor has a scale of its own: the same dp, its pixels, so that the code is drawn 1:1.
    let scale = window.scale_factor();
    let panel = Panel {
        width: (show.size.width_dp() * scale).round() as u32,
        height: (show.size.height_dp() * scale).round() as u32,
        scale,
    };
    // No bars of a system lie over a window.
    let insets = Insets {
        top: 0.0,
        bottom: 0.0,
    };
    phone.screen().set_panel(panel, insets);
    phone
        .follow()
        .map_err(|e| DesktopError::Stage("window", e.to_string()))?;

    let runtime = Runtime::new().map_err(|e| DesktopError::Stage("runtime", e.to_string()))?;
    let commands = phone.commands();
    let starting = Arc::clone(&session);
    let lender = runtime.spawn(async move {
        let sandbox = starting.start_lender().await?;
        say(&format!("Pay on another device: {}", sandbox.pay_url()));
        // The phone may have looked before its lender was there.
        let _ = commands.send(Command::CheckIn);
        Ok::<_, DesktopError>(sandbox)
    });
    tell_when_nothing_is_due(&phone, session.kept())?;
    phone.screen().component().run().map_err(screen_error)?;

    phone.shutdown();
    match runtime.block_on(lender) {
        Ok(sandbox) => Ok(runtime.block_on(sandbox?.shutdown())?),
        Err(error) => Err(DesktopError::Stage("lender", error.to_string())),
    }
}

/// Says once, in the terminal, why a kept phone shows no lock.
fn tell_when_nothing_is_due(phone: &Phone, kept: bool) -> Result<(), DesktopError> {
    if !kept {
        return Ok(());
    }
    let mut told = phone.follow_told();
    slint::spawn_local(async move {
        let answered = |snapshot: &Snapshot| {
            let free = matches!(snapshot.phase, Phase::Free | Phase::Settled { .. });
            free && matches!(snapshot.link, latchkey_core::snapshot::Link::Online { .. })
        };
        let first = told.wait_for(|t| {
            t.as_ref()
                .is_some_and(|t| matches!(t.snapshot.phase, Phase::Lock(_)) || answered(&t.snapshot))
        });
        if let Ok(told) = first.await
            && told.as_ref().is_some_and(|t| answered(&t.snapshot))
        {
            say("Nothing is due on this phone. Give --store a new folder to start afresh.");
        }
    })
    .map(drop)
    .map_err(|e| DesktopError::Stage("window", e.to_string()))
}
