//! The import of a definition file: chosen or pasted, refused with reasons.

use hookswitch_lightning::CallCenterRefusal;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::go;
use crate::sim::Sim;

/// The page.
pub(super) fn import(sim: Sim) -> AnyView {
    let xml = RwSignal::new(String::new());
    let reasons = RwSignal::new(Vec::<String>::new());
    let choose = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(file) = input.and_then(|input| input.files()?.get(0)) else { return };
        spawn_local(async move {
            match JsFuture::from(file.text()).await {
                Ok(text) => xml.set(text.as_string().unwrap_or_default()),
                Err(_) => reasons.set(vec!["The file could not be read.".into()]),
            }
        });
    };
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let text = xml.get_untracked();
        let result = sim.act(|org, host, _| {
            let by = host.page().user().clone();
            org.import_call_center(&by, &text)
        });
        match result {
            Ok(id) => {
                sim.say("Imported. Give it users under Manage Call Center Users.");
                go(sim, &format!("CallCenter-{}", id.as_str()));
            }
            Err(CallCenterRefusal::Invalid(findings)) => reasons.set(findings.iter().map(ToString::to_string).collect()),
            Err(refusal) => reasons.set(vec![refusal.to_string()]),
        }
    };
    view! {
        <form class="card" on:submit=send data-testid="import-form">
            <h1>"Import a call center"</h1>
            <p>"Choose a call center definition file, or paste it."</p>
            <input type="file" accept=".xml,text/xml" data-testid="import-file" on:change=choose />
            <textarea
                rows="14"
                data-testid="import-text"
                aria-label="Definition"
                spellcheck="false"
                prop:value=move || xml.get()
                on:input=move |event| xml.set(event_target_value(&event))
            ></textarea>
            <ul class="problems" role="alert" data-testid="import-reasons">
                {move || reasons.get().into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view()}
            </ul>
            <button type="submit" class="button brand" data-testid="import-send">"Import"</button>
        </form>
    }
    .into_any()
}
