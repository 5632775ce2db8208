//! The Lightning Message Service: what components of the page publish, and what the softphone does.

use leptos::{ev::SubmitEvent, prelude::*};
use serde_json::Value;

use super::time::clock;
use crate::sim::Sim;

/// How many messages are drawn.
const SHOWN: usize = 50;

/// A form that publishes as a component of the page would, and what went over the channels.
pub(super) fn channels(sim: Sim) -> AnyView {
    let channel = RwSignal::new("HookswitchCalls__c".to_owned());
    let message = RwSignal::new(r#"{ "kind": "call", "requestId": "a1", "number": "+44 20 7946 0021" }"#.to_owned());
    let publish = move |event: SubmitEvent| {
        event.prevent_default();
        let (channel, text) = (channel.get_untracked(), message.get_untracked());
        let Ok(message) = serde_json::from_str::<Value>(&text) else { return sim.say("The message is no JSON.") };
        if !sim.act(|_, host, now| host.publish(now, &channel, message)) {
            sim.say(format!("The softphone has not subscribed to {channel}."));
        }
    };
    let said = Memo::new(move |_| {
        sim.read(|_, host| {
            let of = |entry: &&hookswitch_lightning::LogEntry| matches!(entry.method(), "publish" | "subscribe" | "unsubscribe");
            let all = host.messages().iter().rev().filter(of).filter_map(|entry| Some((entry.number, entry.at, words(&entry.message)?)));
            all.take(SHOWN).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="drawer-page" data-testid="channels">
            <form class="form" on:submit=publish>
                <h3>"Publish as a component of the page"</h3>
                <label>
                    <span>"Channel"</span>
                    <input type="text" prop:value=move || channel.get() on:input=move |event| channel.set(event_target_value(&event)) />
                </label>
                <label>
                    <span>"Message, in JSON"</span>
                    <textarea rows="4" spellcheck="false" on:input=move |event| message.set(event_target_value(&event))>
                        {message.get_untracked()}
                    </textarea>
                </label>
                <button type="submit" class="button brand">"Publish"</button>
            </form>
            <ol class="messages">
                <For each=move || said.get() key=|(number, _, _)| *number let:entry>
                    <li data-testid="channel-message"><span class="time">{clock(entry.1)}</span> " " {entry.2}</li>
                </For>
            </ol>
        </section>
    }
    .into_any()
}

/// A message of the service in words; none for an answer, which says nothing.
fn words(message: &Value) -> Option<String> {
    let asked = &message["args"];
    if let Some(channel) = asked["eventName"].as_str() {
        return Some(match message["methodName"].as_str() {
            Some("publish") => format!("softphone to {channel}: {}", asked["message"]),
            Some("subscribe") => format!("softphone listens to {channel}"),
            _ => format!("softphone no longer listens to {channel}"),
        });
    }
    let channel = message["eventName"].as_str()?;
    Some(format!("{channel} to softphone: {}", message["response"]))
}
