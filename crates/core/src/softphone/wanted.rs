//! A call that is wanted but not placed yet: it waits for the phone to start, for the agent's choice during another call, or for the CRM's word
//! whether this customer may be called. There is one at a time; a later one takes its place.

use serde::{Deserialize, Serialize};

use crate::{
    AgentCommand, CrmCommand, CrmState, DialSource, MayCall, PhoneState, Private, ProblemKind, RecordRef, Refusal, RequestId, WantedStage,
    WantedUse, dialable, search_text, settings::DoNotCall,
};

use super::{
    Softphone, Waiting,
    call::{Call, State},
    patience,
};

/// Such a call.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Wanted {
    /// As typed or clicked.
    pub(super) number: Private,
    pub(super) source: DialSource,
    /// A component of the CRM's page wants it, under this name of its own choice, and is told what becomes of it.
    pub(super) asked: Option<String>,
    pub(super) stage: Stage,
    /// Monotonic milliseconds.
    pub(super) until: u64,
}

/// What it waits for.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) enum Stage {
    /// The CRM's word; then this is carried out.
    Checking { request: RequestId, command: AgentCommand },
    /// The agent's choice: other calls go on.
    Choosing,
    /// The agent's second word: this customer asked not to be called.
    Flagged { record: RecordRef, command: AgentCommand },
    /// The phone.
    Starting,
}

impl Softphone {
    /// A clicked number, or one that a component asks for: the panel opens first, then it is dialed, or the agent is asked, or the reason is shown.
    #[inline(never)]
    pub(super) fn click(&mut self, number: Private, mut source: DialSource, asked: Option<String>) {
        self.ask_crm(CrmCommand::ShowPanel);
        self.begin_work(&number, &mut source);
        if self.is_dialing(&number) {
            // A double click is one call.
            self.answer_asked(asked, None);
            return;
        }
        let until = self.now.mono;
        let wanted = Wanted { number, source, asked, stage: Stage::Choosing, until };
        if let Some(earlier) = self.wanted.take() {
            self.answer_asked(earlier.asked, Some(Refusal::Dropped));
        }
        self.decide(wanted);
    }

    /// What becomes of it in the agent's present state: `docs/click-to-dial.md` has the table.
    fn decide(&mut self, mut wanted: Wanted) {
        let Some(dialed) = dialable(wanted.number.reveal(), &self.settings.dialing) else {
            return self.refuse_wanted(&wanted, Refusal::InvalidNumber);
        };
        let dial = AgentCommand::Dial { number: wanted.number.clone(), source: wanted.source.clone() };
        let may = self.check(&dial);
        if may == Err(Refusal::Offline) && self.is_starting() {
            (wanted.stage, wanted.until) = (Stage::Starting, self.now.mono + patience::STARTING);
            self.wanted = Some(wanted);
            return;
        }
        let alone = dialed.emergency || self.live().next().is_none();
        match may {
            Ok(()) if alone => self.outward(dial, wanted.asked),
            Err(refusal) if alone => self.refuse_wanted(&wanted, refusal),
            _ => {
                (wanted.stage, wanted.until) = (Stage::Choosing, self.now.mono + patience::CHOICE);
                self.wanted = Some(wanted);
                let best = WantedUse::ALL.into_iter().find(|choice| self.may_use(*choice).is_ok());
                if best.is_none()
                    && let (Some(wanted), Err(refusal)) = (self.wanted.take(), may)
                {
                    self.refuse_wanted(&wanted, refusal);
                }
            }
        }
    }

    /// Whether this use of the wanted call would be accepted now.
    pub(super) fn may_use(&self, choice: WantedUse) -> Result<(), Refusal> {
        let wanted = self.wanted.as_ref().ok_or(Refusal::NothingWanted)?;
        match (&wanted.stage, choice) {
            (Stage::Flagged { command, .. }, WantedUse::Anyway) => self.check(command),
            (Stage::Choosing, WantedUse::Add | WantedUse::Call | WantedUse::Consult | WantedUse::Transfer) => {
                self.check(&self.use_of(wanted, choice)?)
            }
            (Stage::Checking { .. } | Stage::Choosing | Stage::Flagged { .. } | Stage::Starting, _) => Err(Refusal::NotSupported),
        }
    }

    /// The agent chose.
    pub(super) fn use_wanted(&mut self, choice: WantedUse) {
        let Some(wanted) = self.wanted.take() else { return };
        match &wanted.stage {
            Stage::Flagged { command, .. } => {
                self.carry_out_wanted(command.clone(), wanted.asked);
            }
            _ => {
                if let Ok(command) = self.use_of(&wanted, choice) {
                    self.outward(command, wanted.asked);
                }
            }
        }
    }

    /// The agent does not want it after all.
    pub(super) fn drop_wanted(&mut self) {
        if let Some(wanted) = self.wanted.take() {
            self.answer_asked(wanted.asked, Some(Refusal::Dropped));
        }
    }

    /// The call that a wanted one would be about: the one the agent talks on, else the only one on hold.
    pub(super) fn about(&self) -> Option<&Call> {
        let mut held = self.calls.values().filter(|call| call.state == State::Held);
        let only = held.next().filter(|_| held.next().is_none());
        self.calls.values().find(|call| call.state == State::Connected).or(only)
    }

    fn use_of(&self, wanted: &Wanted, choice: WantedUse) -> Result<AgentCommand, Refusal> {
        let number = wanted.number.clone();
        if choice == WantedUse::Call {
            return Ok(AgentCommand::Dial { number, source: wanted.source.clone() });
        }
        let call = self
            .about()
            .map(|call| call.id)
            .ok_or_else(|| self.live().next().map_or(Refusal::NothingWanted, |call| Refusal::NotConnected(call.id)))?;
        Ok(match choice {
            WantedUse::Add => AgentCommand::SingleStepConference(call, number),
            WantedUse::Consult => AgentCommand::Consult { call, number },
            _ => AgentCommand::SingleStepTransfer(call, number),
        })
    }

    /// Carries out a command that calls somebody: at once, or after the CRM said whether it may be.
    #[inline(never)]
    pub(super) fn outward(&mut self, command: AgentCommand, asked: Option<String>) {
        let Some((number, source)) = called_by(&command) else { return };
        if let Some(wanted) = self.wanted.take() {
            if matches!(&wanted.stage, Stage::Checking { command: same, .. } if *same == command) {
                self.answer_asked(asked, Some(Refusal::Dropped));
                self.wanted = Some(wanted);
                return;
            }
            self.answer_asked(wanted.asked, Some(Refusal::Dropped));
        }
        let ask = match self.question(&number) {
            Ok(ask) => ask,
            Err(unchecked) => return self.carry_out_unchecked(command, asked, unchecked),
        };
        let until = self.now.mono + patience::MAY_CALL;
        let request = self.ask_crm(ask);
        self.wanted = Some(Wanted { number, source, asked, stage: Stage::Checking { request, command }, until });
    }

    /// What the CRM is asked before a customer is called; where it is not, whether the agent must hear that.
    fn question(&self, number: &Private) -> Result<CrmCommand, bool> {
        let dialed = dialable(number.reveal(), &self.settings.dialing).ok_or(false)?;
        if self.settings.dialing.do_not_call == DoNotCall::Ignore || dialed.emergency || dialed.internal {
            return Err(false);
        }
        let party = behind_code(dialed.party.reveal());
        let spellings = search_text(party, &self.settings.dialing);
        if spellings.is_empty() {
            return Err(false);
        }
        if !self.crm_ready() {
            // Where nobody could tell before either, that has been said.
            let told = self.told.unchecked && self.settings.identity.apex_class.is_none();
            return Err(self.crm.state != CrmState::None && !told);
        }
        let field = self.settings.dialing.do_not_call_field.clone();
        Ok(CrmCommand::AskMayCall { number: party.into(), spellings: spellings.into(), field })
    }

    /// The CRM's word about a customer who is to be called.
    pub(super) fn may_call(&mut self, request: RequestId, answer: MayCall) -> Result<(), Refusal> {
        let (wanted, command) = self.checked(request).ok_or(Refusal::StrayAnswer)?;
        let blocks = self.settings.dialing.do_not_call == DoNotCall::Block;
        let MayCall::Flagged { record } = answer else {
            // It will be no different at the next call: once is enough. Without a class nobody promised to know; the self-check says so.
            let tells = blocks && self.settings.identity.apex_class.is_some() && answer == MayCall::Unknown && !self.told.unchecked;
            self.carry_out_unchecked(command, wanted.asked, tells);
            return Ok(());
        };
        if blocks {
            self.problem_with(ProblemKind::DoNotCall, wanted.number, record.name);
            self.answer_asked(wanted.asked, Some(Refusal::DoNotCall));
        } else {
            let until = self.now.mono + patience::CHOICE;
            self.wanted = Some(Wanted { stage: Stage::Flagged { record, command }, until, ..wanted });
        }
        Ok(())
    }

    /// The CRM could not say, or did not in time: the call is placed, and the agent told.
    pub(super) fn not_checked(&mut self, request: RequestId) -> bool {
        let Some((wanted, command)) = self.checked(request) else { return false };
        self.carry_out_unchecked(command, wanted.asked, true);
        true
    }

    fn checked(&mut self, asked: RequestId) -> Option<(Wanted, AgentCommand)> {
        let wanted = self.wanted.take_if(|wanted| matches!(wanted.stage, Stage::Checking { request, .. } if request == asked))?;
        let Stage::Checking { command, .. } = &wanted.stage else { return None };
        let command = command.clone();
        Some((wanted, command))
    }

    /// As below; the agent hears that nobody could say whether it may be, if it was carried out.
    fn carry_out_unchecked(&mut self, command: AgentCommand, asked: Option<String>, tells: bool) {
        let called = called_by(&command).filter(|_| tells);
        if self.carry_out_wanted(command, asked)
            && let Some((number, _)) = called
        {
            self.told.unchecked = true;
            self.problem(ProblemKind::NotChecked, number);
        }
    }

    /// Whether it still could be.
    fn carry_out_wanted(&mut self, command: AgentCommand, asked: Option<String>) -> bool {
        // Much can have changed since it was wanted.
        if let Err(refusal) = self.check(&command) {
            if let Some((number, _)) = called_by(&command) {
                self.problem(ProblemKind::ClickRefused { code: refusal.code() }, number);
            }
            self.answer_asked(asked, Some(refusal));
            return false;
        }
        self.call_out(command);
        self.answer_asked(asked, None);
        true
    }

    fn refuse_wanted(&mut self, wanted: &Wanted, refusal: Refusal) {
        self.problem(ProblemKind::ClickRefused { code: refusal.code() }, wanted.number.clone());
        self.answer_asked(wanted.asked.clone(), Some(refusal));
    }

    /// Tells the component that asked for the call what became of it.
    fn answer_asked(&mut self, asked: Option<String>, refusal: Option<Refusal>) {
        if let Some(asked) = asked {
            self.ask_crm(CrmCommand::AnswerAsked { asked, refusal });
        }
    }

    /// Its number is dialed, or about to be.
    fn is_dialing(&self, number: &Private) -> bool {
        let to = |number: &Private| dialable(number.reveal(), &self.settings.dialing).map(|dialed| dialed.party);
        let Some(wanted) = to(number) else { return false };
        let dialed =
            |call: &Call| matches!(call.state, State::Initiated { .. } | State::Delivered { .. }) && call.core.party.number == wanted;
        let asked = |other: &Wanted| {
            matches!(other.stage, Stage::Checking { .. } | Stage::Flagged { .. }) && to(&other.number) == Some(wanted.clone())
        };
        self.calls.values().any(dialed) || self.wanted.as_ref().is_some_and(asked)
    }

    /// A phone is set up and on its way up.
    fn is_starting(&self) -> bool {
        self.settings.provider.is_some() && matches!(self.phone.state, None | Some(PhoneState::Connecting | PhoneState::Ready))
    }

    /// Runs with every input: what waited for the phone is carried out as soon as it is there and has told what calls there are.
    pub(super) fn start_wanted(&mut self) {
        if !self.wanted.as_ref().is_some_and(|wanted| matches!(wanted.stage, Stage::Starting)) {
            return;
        }
        let syncing = self.waiting.values().any(|waiting| matches!(waiting, Waiting::Sync { .. }));
        if self.phone_ready() && syncing {
            // Calls of an earlier page may go on; but nobody waits for long for a phone system that does not say.
            let soon = self.now.mono + patience::STRAY;
            self.wanted.iter_mut().for_each(|wanted| wanted.until = wanted.until.min(soon));
        } else if (self.phone_ready() || !self.is_starting())
            && let Some(wanted) = self.wanted.take()
        {
            self.decide(wanted);
        }
    }

    /// Nobody chose, started or answered in time.
    pub(super) fn wanted_overdue(&mut self) {
        let Some(wanted) = self.wanted.take() else { return };
        match wanted.stage {
            Stage::Checking { request, .. } => {
                self.wanted = Some(wanted);
                self.not_checked(request);
            }
            Stage::Choosing | Stage::Flagged { .. } => self.refuse_wanted(&wanted, Refusal::Expired),
            Stage::Starting if self.phone_ready() => self.decide(wanted),
            Stage::Starting => self.refuse_wanted(&wanted, Refusal::Offline),
        }
    }

    /// What the agent sees of it: stage, and the uses with their refusals.
    pub(super) fn stage_of(wanted: &Wanted) -> WantedStage {
        match wanted.stage {
            Stage::Checking { .. } => WantedStage::Checking,
            Stage::Choosing => WantedStage::Choosing,
            Stage::Flagged { .. } => WantedStage::Flagged,
            Stage::Starting => WantedStage::Starting,
        }
    }
}

/// Whom a command calls, and where the number came from; none for commands that call nobody.
fn called_by(command: &AgentCommand) -> Option<(Private, DialSource)> {
    match command {
        AgentCommand::Dial { number, source } => Some((number.clone(), source.clone())),
        AgentCommand::Consult { number, .. }
        | AgentCommand::SingleStepConference(_, number)
        | AgentCommand::SingleStepTransfer(_, number) => Some((number.clone(), DialSource::DialPad)),
        _ => None,
    }
}

/// The number behind a code such as `*67` or `*31#`: it is called all the same.
fn behind_code(to: &str) -> &str {
    let behind = to.rsplit_once('#').map_or(to, |(_, number)| number);
    let behind = if behind.starts_with('*') { behind.get(CODE..).unwrap_or_default() } else { behind };
    if behind.is_empty() { to } else { behind }
}

/// A star and two digits.
const CODE: usize = 3;
