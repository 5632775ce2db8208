//! What each method does and answers.

use hookswitch_opencti::{CompleteWork, CtiError, ErrorCode, Method, wire::Request};
use serde_json::{Value, json};

use super::{Host, HostOutput};
use crate::{HEIGHTS, Org, WIDTHS, WorkDone, org::ApexProblem};

impl Host {
    /// Does what a request asks, and returns its `returnValue`.
    pub(super) fn answer(&mut self, org: &mut Org, now: u64, request: &Request) -> Result<Value, CtiError> {
        match &request.method {
            Method::CompleteWork(work) => self.complete_work(org, work),
            Method::DisableClickToDial => self.change(|page| page.click_to_dial = false),
            Method::EnableClickToDial => self.change(|page| page.click_to_dial = true),
            Method::GetAppViewInfo => Ok(Value::from(&self.page.on_wire(org).to_plain())),
            Method::GetCallCenterSettings => {
                let center = org.call_center_of(&self.page.user).ok_or_else(CtiError::generic)?;
                Ok(json!(org.settings(center)))
            }
            Method::GetSoftphoneLayout => {
                let layout = org.layout_seen(&self.page.user, &mut self.layout, now).ok_or_else(CtiError::generic)?;
                Ok(Value::from(&org.layout_on_wire(&layout).to_plain()))
            }
            Method::IsSoftphonePanelVisible => Ok(json!({ "visible": self.page.bar.open })),
            // Its effect on the standby page was had when it arrived. These listeners were noted when they arrived.
            Method::NotifyInitializationComplete | Method::OnClickToDial | Method::OnNavigationChange | Method::OnWorkStart => {
                Ok(Value::Null)
            }
            Method::Publish { channel, message } => {
                check_channel(channel)?;
                let message = message.as_ref().map_or(Value::Null, Value::from);
                self.out.push_back(HostOutput::Published { channel: channel.clone(), message: message.clone() });
                // Every subscriber of the page hears it; so does the softphone itself, if it subscribed.
                self.publish(now, channel, message);
                Ok(Value::Null)
            }
            Method::RefreshView => {
                self.out.push_back(HostOutput::Refreshed);
                if self.page.nav.console() {
                    // A console tells of a tab that is drawn again.
                    self.tell_navigation(org, now);
                }
                Ok(Value::Null)
            }
            Method::RunApex { apex_class, method_name, method_params } => {
                let parameters = method_params.as_deref().unwrap_or_default();
                let outcome = org.run_apex(&self.page.user, apex_class, method_name, parameters, now);
                outcome.map(|value| json!({ "runApex": value })).map_err(|problem| match problem {
                    ApexProblem::NoClass => CtiError::no_apex_class(apex_class),
                    ApexProblem::Failed => CtiError::server(),
                })
            }
            Method::SaveLog { object } => self.save_log(org, now, object),
            Method::ScreenPop(pop) => self.screen_pop(org, now, pop).map(|()| Value::Null),
            Method::SearchAndScreenPop(search) => self.search_and_screen_pop(org, now, search),
            Method::SetSoftphoneItemIcon { key } => self.change(|page| page.bar.item_icon.clone_from(key)),
            Method::SetSoftphoneItemLabel { label } => self.change(|page| page.bar.item_label.clone_from(label)),
            Method::SetSoftphonePanelHeight { height_px } => {
                let height = pixels("heightPX", *height_px, &HEIGHTS)?;
                self.change(|page| page.bar.height = height)
            }
            Method::SetSoftphonePanelIcon { key } => self.change(|page| page.bar.panel_icon.clone_from(key)),
            Method::SetSoftphonePanelLabel { label } => self.change(|page| page.bar.panel_label.clone_from(label)),
            Method::SetSoftphonePanelVisibility { visible } => self.change(|page| page.bar.open = *visible),
            Method::SetSoftphonePanelWidth { width_px } => {
                let width = pixels("widthPX", *width_px, &WIDTHS)?;
                self.change(|page| page.bar.width = width)
            }
            Method::Subscribe { channel } | Method::Unsubscribe { channel } => check_channel(channel).map(|()| Value::Null),
            // The enum may grow; a method this host was not taught is one Lightning does not have.
            _ => Err(CtiError::generic()),
        }
    }

    fn change(&mut self, change: impl FnOnce(&mut crate::Page)) -> Result<Value, CtiError> {
        change(&mut self.page);
        self.out.push_back(HostOutput::PageChanged);
        Ok(Value::Null)
    }

    fn complete_work(&mut self, org: &mut Org, done: &CompleteWork) -> Result<Value, CtiError> {
        let work = self.page.work.iter_mut().find(|work| work.id == done.work_id);
        let work = work.ok_or_else(|| unexpected("workId", "A work that was begun", &done.work_id))?;
        let disposition = done.disposition.clone().ok_or_else(|| CtiError::invalid_param("disposition", "string", None))?;
        let task = done.task_id.clone().ok_or_else(|| CtiError::invalid_param("taskId", "string", None))?;
        if org.find(&task).is_none_or(|record| record.object != "Task") {
            return Err(unexpected("taskId", "The id of a saved Task", &task));
        }
        work.done = Some((disposition.clone(), task.clone(), done.was_connected));
        org.finish_work(&done.work_id, WorkDone { disposition, task, connected: done.was_connected });
        self.out.push_back(HostOutput::PageChanged);
        Ok(Value::Null)
    }
}

/// The refusal of a value of the right type that will not do.
pub(super) fn unexpected(name: &str, expected: &str, found: &str) -> CtiError {
    let words = format!("An invalid value was passed to the parameter {name}. {expected} was expected, but {found} was found instead.");
    CtiError::new(ErrorCode::InvalidParam, &words)
}

/// A size within its limits, as whole pixels.
fn pixels(name: &str, asked: f64, limits: &std::ops::RangeInclusive<u32>) -> Result<u32, CtiError> {
    let (least, most) = (*limits.start(), *limits.end());
    if asked >= f64::from(least) && asked <= f64::from(most) {
        // Within limits that fit, so nothing is cut but a fraction.
        return Ok(asked as u32);
    }
    Err(unexpected(name, &format!("A numeric value from {least} to {most}"), &asked.to_string()))
}

/// A message channel's name as its developer writes it: `Dial__c`.
fn check_channel(channel: &str) -> Result<(), CtiError> {
    let name = channel.strip_suffix("__c").unwrap_or_default();
    let good = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if good { Ok(()) } else { Err(unexpected("channelName", "The name of a message channel", channel)) }
}
