//! A call that is wanted but not placed yet.

use hookswitch_core::{AgentCommand, RecordRef, Snapshot, UseView, WantedStage, WantedUse, WantedView};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{page::Page, states};

fn record(name: &str) -> RecordRef {
    RecordRef { id: "003xx0000004TmiAAE".into(), object: "Contact".into(), name: name.into(), partner: None }
}

fn wanted(stage: WantedStage, uses: &[(WantedUse, Option<&'static str>)]) -> Snapshot {
    let wanted = WantedView {
        about: None,
        flagged: (stage == WantedStage::Flagged).then(|| record("Mei Sato")),
        number: "(415) 555-0111".into(),
        record: Some(record("Bob Stone")),
        stage,
        until: 0,
        uses: uses.iter().map(|(to, refused)| UseView { refused: *refused, to: *to }).collect(),
    };
    Snapshot { wanted: Some(wanted), ..states::idle() }
}

#[wasm_bindgen_test]
async fn the_card_of_a_clicked_number_offers_what_can_be_done_and_says_why_the_rest_cannot() {
    let uses = [
        (WantedUse::Call, Some("busy")),
        (WantedUse::Consult, Some("busy")),
        (WantedUse::Transfer, None),
        (WantedUse::Add, Some("notSupported")),
    ];
    let page = Page::with(wanted(WantedStage::Choosing, &uses), states::running()).await;
    assert_eq!(page.text("wanted-number"), "Bob Stone, (415) 555-0111");
    assert_eq!(page.text("wanted-preview"), "Dials +14155550111. Your country code was added.");
    assert_eq!(page.text("wanted-preview-number"), "+14155550111");
    assert_eq!(page.attribute("wanted-call", "aria-disabled"), "true");
    assert_eq!(page.attribute("wanted-call", "aria-description"), "All your lines are in use. Finish a call first.");
    assert!(page.get("wanted-add").hidden(), "what this phone system can never do is not offered");
    page.press("wanted-call").await;
    page.press("wanted-transfer").await;
    page.press("wanted-drop").await;
    assert_eq!(page.sent(), [AgentCommand::UseWanted(WantedUse::Transfer), AgentCommand::DropWanted]);
}

#[wasm_bindgen_test]
async fn each_stage_is_said_in_words_and_the_card_goes_with_it() {
    let page = Page::with(wanted(WantedStage::Checking, &[]), states::running()).await;
    assert_eq!(page.text("wanted-text"), "Checking whether this customer may be called…");
    assert!(page.find("wanted-call").is_none(), "nothing to choose");
    page.shows(wanted(WantedStage::Starting, &[])).await;
    assert!(page.text("wanted-text").starts_with("The phone is starting."));
    page.shows(wanted(WantedStage::Flagged, &[(WantedUse::Anyway, None)])).await;
    assert_eq!(page.text("wanted-text"), "Mei Sato asked not to be called.");
    page.press("wanted-anyway").await;
    assert_eq!(page.sent(), [AgentCommand::UseWanted(WantedUse::Anyway)]);
    page.shows(states::idle()).await;
    assert!(page.find("wanted").is_none());
}
