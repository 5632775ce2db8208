//! What can be broken: Lightning's answers by method, and the softphone's container.

use hookswitch_lightning::Fault;
use leptos::{ev::SubmitEvent, prelude::*};

use crate::sim::Sim;

/// Every method and event of Open CTI for Lightning.
const METHODS: [&str; 26] = [
    "saveLog",
    "searchAndScreenPop",
    "screenPop",
    "getCallCenterSettings",
    "getSoftphoneLayout",
    "getAppViewInfo",
    "notifyInitializationComplete",
    "enableClickToDial",
    "disableClickToDial",
    "onClickToDial",
    "onNavigationChange",
    "isSoftphonePanelVisible",
    "setSoftphonePanelVisibility",
    "setSoftphonePanelHeight",
    "setSoftphonePanelWidth",
    "setSoftphonePanelLabel",
    "setSoftphonePanelIcon",
    "setSoftphoneItemLabel",
    "setSoftphoneItemIcon",
    "refreshView",
    "runApex",
    "publish",
    "subscribe",
    "unsubscribe",
    "onWorkStart",
    "completeWork",
];

/// The faults in force, and a form for another one.
pub(crate) fn faults(sim: Sim) -> AnyView {
    let method = RwSignal::new(String::new());
    let kind = RwSignal::new("slow".to_owned());
    let ms = RwSignal::new("5000".to_owned());
    let code = RwSignal::new("GENERIC_ERROR".to_owned());
    let times = RwSignal::new(String::new());
    let set = move |event: SubmitEvent| {
        event.prevent_default();
        let fault = match kind.get_untracked().as_str() {
            "failing" => Fault::Failing { code: code.get_untracked() },
            "late" => Fault::Late { ms: ms.get_untracked().parse().unwrap_or(60_000) },
            "lostReply" => Fault::LostReply,
            "silent" => Fault::Silent,
            _ => Fault::Slow { ms: ms.get_untracked().parse().unwrap_or(5_000) },
        };
        let method = method.get_untracked();
        let method = (!method.is_empty()).then_some(method);
        let times = times.get_untracked().parse().ok();
        sim.act(|_, host, _| host.faults_mut().set(method.as_deref(), fault, times));
    };
    let known = METHODS.iter().map(|name| view! { <option value=*name>{*name}</option> }).collect_view();
    view! {
        <section class="drawer-page" data-testid="faults">
            {in_force(sim)}
            <form class="form" on:submit=set>
                <h3>"Break something"</h3>
                <label>
                    <span>"Method or event"</span>
                    <select on:change=move |event| method.set(event_target_value(&event))>
                        <option value="">"all"</option>
                        {known}
                    </select>
                </label>
                <label>
                    <span>"What goes wrong"</span>
                    <select on:change=move |event| kind.set(event_target_value(&event))>
                        <option value="slow">"slow: done at once, answered late"</option>
                        <option value="failing">"failing: not done, answered with an error"</option>
                        <option value="late">"late: saveLog done later, never answered"</option>
                        <option value="lostReply">"lost reply: done, never answered"</option>
                        <option value="silent">"silent: not done, never answered"</option>
                    </select>
                </label>
                <label hidden=move || !matches!(kind.get().as_str(), "slow" | "late")>
                    <span>"By milliseconds"</span>
                    <input type="number" min="0" prop:value=move || ms.get() on:input=move |event| ms.set(event_target_value(&event)) />
                </label>
                <label hidden=move || kind.get() != "failing">
                    <span>"Error"</span>
                    <select on:change=move |event| code.set(event_target_value(&event))>
                        {["GENERIC_ERROR", "SERVER_ERROR", "INVALID_PARAM", "SOFTPHONE_CONTAINER_ERROR"]
                            .map(|code| view! { <option value=code>{code}</option> })
                            .collect_view()}
                    </select>
                </label>
                <label>
                    <span>"How often"</span>
                    <input type="number" min="1" placeholder="until taken back" on:input=move |event| times.set(event_target_value(&event)) />
                </label>
                <button type="submit" class="button brand">"Break it"</button>
            </form>
            {details(sim)}
            {container(sim)}
        </section>
    }
    .into_any()
}

fn in_force(sim: Sim) -> AnyView {
    let faults = Memo::new(move |_| {
        sim.read(|_, host| host.faults().iter().map(|(method, fault)| (method.map(ToOwned::to_owned), fault.clone())).collect::<Vec<_>>())
    });
    view! {
        <ul class="plain" aria-label="Faults in force">
            {move || {
                faults
                    .get()
                    .into_iter()
                    .map(|(method, fault)| {
                        let words = match &fault {
                            Fault::Failing { code } => format!("fails with {code}"),
                            Fault::Late { ms } => format!("does its work {ms} ms late and says nothing"),
                            Fault::LostReply => "loses the reply".to_owned(),
                            Fault::Silent => "is silent".to_owned(),
                            Fault::Slow { ms } => format!("answers {ms} ms late"),
                            _ => "is broken".to_owned(),
                        };
                        let name = method.clone().unwrap_or_else(|| "everything".to_owned());
                        let mend = move |_| sim.act(|_, host, _| host.faults_mut().clear(method.as_deref()));
                        view! {
                            <li class="row">
                                <span>{name} " " {words}</span>
                                <button type="button" class="button" on:click=mend>"Mend"</button>
                            </li>
                        }
                    })
                    .collect_view()
            }}
        </ul>
    }
    .into_any()
}

/// How a refused log says what is wrong with it.
fn details(sim: Sim) -> AnyView {
    let apart = move || sim.read(|_, host| host.faults().details_by_field);
    let set = move |event| {
        let on = event_target_checked(&event);
        sim.act(|_, host, _| host.faults_mut().details_by_field = on);
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=apart on:change=set />
            <span>"A refused saveLog names the fields at fault apart from the messages"</span>
        </label>
    }
    .into_any()
}

/// How late the container is, which counts from the page's next load.
fn container(sim: Sim) -> AnyView {
    let ms = move || sim.read(|_, host| host.faults().container_ms);
    let silent = move || sim.read(|_, host| host.faults().container_silent);
    view! {
        <div class="form">
            <h3>"The softphone's container"</h3>
            <label>
                <span>"Ready so many milliseconds after the frame"</span>
                <input
                    type="number"
                    min="0"
                    prop:value=ms
                    on:change=move |event| {
                        let ms = event_target_value(&event).parse().unwrap_or_default();
                        sim.act(|_, host, _| host.faults_mut().container_ms = ms);
                    }
                />
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=silent
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        sim.act(|_, host, _| host.faults_mut().container_silent = on);
                    }
                />
                <span>"Silent until then, rather than SOFTPHONE_CONTAINER_ERROR"</span>
            </label>
            <button type="button" class="button" on:click=move |_| sim.act(|org, host, now| host.reload(org, now))>"Load the softphone again"</button>
        </div>
    }
    .into_any()
}
