use super::*;

#[test]
fn every_file_parses_whole() {
    for (tag, _, _, files) in COMPILED {
        for text in files {
            assert!(FluentResource::try_new(text.to_owned()).is_ok(), "{tag}");
        }
    }
}

#[test]
fn arguments_and_plurals_are_filled_in() {
    let languages = Languages::compiled();
    let args = [
        ("count", Arg::Number(2)),
        ("shown", Arg::Text("2")),
        ("date", Arg::Text("3 May 2026")),
    ];
    for (tag, word) in [("en", "instalments"), ("hi", "किस्तें"), ("ar", "قسطان")] {
        let text = languages.find(tag).unwrap().tell("lender-due-several", &args);
        assert!(text.contains(word) && text.contains("3 May 2026"), "{text}");
    }
}

#[test]
fn an_amount_runs_from_left_to_right_inside_arabic() {
    let languages = Languages::compiled();
    let arabic = languages.find("ar").unwrap();
    let text = arabic.tell("lender-pay", &[("amount", Arg::Ltr("₹3,250.00"))]);
    assert!(text.contains("\u{2066}₹3,250.00\u{2069}"), "{text:?}");
}

#[test]
fn what_was_chosen_counts_more_than_what_the_browser_prefers() {
    let languages = Languages::compiled();
    let pick = |chosen, accepted| languages.pick(chosen, accepted).tag;
    assert_eq!(pick(Some("ar"), Some("hi")), "ar");
    assert_eq!(pick(None, Some("fr;q=0.9, hi-IN;q=0.8, en;q=0.7")), "hi");
    assert_eq!(pick(None, Some("en;q=0.2,ar;q=0.9")), "ar");
    assert_eq!(pick(Some("xx"), Some("HI")), "hi");
    assert_eq!(pick(None, Some("hi;q=0, de")), "en");
    assert_eq!(pick(None, None), "en");
}

#[test]
fn a_day_is_written_in_the_order_of_the_market_and_the_words_of_the_language() {
    let languages = Languages::compiled();
    let day = Day::try_from(20_582_u64).unwrap();
    let write = |tag, market| languages.find(tag).unwrap().day(market, day);
    assert_eq!(write("en", "demo"), "9 May 2026");
    assert_eq!(write("en", "us-ca"), "May 9 2026");
    assert_eq!(write("hi", "in"), "9 मई 2026");
    assert_eq!(write("ar", "eg"), "9 مايو 2026");
}

/// The English messages of `lender.ftl`: id and text.
fn english() -> Vec<(String, String)> {
    let mut messages: Vec<(String, String)> = Vec::new();
    for line in COMPILED[0].3[0].lines() {
        if let Some((id, text)) = line.split_once(" =").filter(|_| line.starts_with("lender-")) {
            messages.push((id.to_owned(), text.to_owned()));
        } else if let (true, Some(last)) = (line.starts_with(' '), messages.last_mut()) {
            last.1.push('\n');
            last.1.push_str(line);
        }
    }
    messages
}

#[test]
fn sentences_are_short_and_say_nothing_a_payer_does_not_know() {
    let messages = english();
    assert!(messages.len() > 60, "{}", messages.len());
    for (id, text) in messages {
        for sentence in text.split(['.', '?', '!', ':', '\n']) {
            let words = sentence.split_whitespace().count();
            assert!(words <= 20, "{id}: {words} words: {sentence}");
        }
        for word in [
            "signed",
            "release ",
            "token",
            "invalid",
            "sign by sign",
            "URL",
            "arrears",
        ] {
            assert!(!text.contains(word), "{id}: {word}");
        }
    }
}
