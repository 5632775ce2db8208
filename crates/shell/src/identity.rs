//! What the Apex class knows of the agent.

use hookswitch_opencti::Fields;

use crate::{crm::ApexFailure, desk::Desk, read::Reader, spawn::spawn};

impl Desk {
    /// Ask the class for the phone account; whatever goes wrong, the form is there. What it tells stays in memory.
    #[inline(never)]
    pub(crate) fn ask_apex_to_sign_in(&self) {
        let Some(desk) = self.this.upgrade() else { return };
        spawn(async move {
            let told = desk.crm.apex("credentials", Fields::new()).await;
            let read = told.and_then(|account| {
                // Null: no class of the org knows one.
                let reader = Reader::new(&account, "credentials").map_err(|_| ApexFailure::Unreadable)?;
                Ok((
                    reader.text("user").map_err(|_| ApexFailure::Unreadable)?,
                    reader.text("password").map_err(|_| ApexFailure::Unreadable)?,
                ))
            });
            match read {
                Ok((user, password)) => desk.sign_in(&user, &password),
                Err(failure) => {
                    desk.write("apex-credentials", failure.code());
                    desk.sign_in_wanted();
                }
            }
        });
    }
}
