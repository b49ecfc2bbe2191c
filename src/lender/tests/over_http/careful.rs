//! A phone that believes nothing but what `core` verified: every token is verified, judged and applied by it.

use crate::phone::*;
use latchkey_core::code::{Typed, check};
use latchkey_core::command::Command;
use latchkey_core::envelope::decode;
use latchkey_core::order::values::Sha;
use latchkey_core::order::verify_status;
use latchkey_core::refusal::Code;
use latchkey_core::snapshot::Snapshot;
use latchkey_core::state::{Ask, State, apply, judge, refused, snapshot};
use latchkey_core::time::{Anchor, BootId, Now};
use latchkey_core::wire::*;
use latchkey_lender::Sandbox;

/// A phone that believes nothing but what `core` verified.
pub struct Careful {
    pub phone: Phone,
    pub state: State,
    boot_ms: u64,
    refusals: Vec<Code>,
}

impl Careful {
    pub async fn enrolled(sandbox: &Sandbox, clock: &Hand) -> Careful {
        let code = sandbox.enrol_code().await.unwrap();
        Careful::enrolled_with(sandbox, clock, &code, sandbox.serial_hash()).await
    }

    /// Any phone of this lender.
    pub async fn enrolled_with(sandbox: &Sandbox, clock: &Hand, code: &str, serial: &Sha) -> Careful {
        let mut phone = Phone::new(sandbox, clock);
        let enrolment: Enrolment = phone.enrol(code, serial).await.json();
        let mut careful = Careful {
            phone,
            state: State::new(),
            boot_ms: 60_000,
            refusals: Vec::new(),
        };
        let agreement = decode(enrolment.agreement.as_bytes()).unwrap();
        careful.step(&Ask::Trust(&enrolment.trust[0]));
        careful.step(&Ask::Enrolled {
            device: enrolment.device,
            agreement: &agreement,
        });
        for bundle in &enrolment.trust[1..] {
            careful.step(&Ask::Trust(bundle));
        }
        assert_eq!(careful.state.mode_word(), "unknown");
        careful
    }

    fn now(&self, anchor_s: Option<u64>) -> Now {
        let boot = BootId([1; 16]);
        Now {
            boot,
            boot_ms: self.boot_ms,
            anchor: anchor_s.map(|now_s| Anchor {
                now_s,
                boot,
                boot_ms: self.boot_ms,
            }),
            wall_s: None,
        }
    }

    fn step(&mut self, ask: &Ask<'_>) {
        let entry = judge(&self.state, ask, &self.now(None)).unwrap();
        self.state = apply(std::mem::take(&mut self.state), &entry).0;
    }

    /// One check-in as protocol §3 orders it, and the receipts.
    pub async fn check_in(&mut self) -> CheckInAnswer {
        self.boot_ms += 1_000;
        let nonce = fresh_id();
        let question = self
            .state
            .check_in(nonce.clone(), 0, &[0; 32], "test 1", "preview");
        let answer: CheckInAnswer = self.phone.post("/v1/device/check-in", &question).await.json();
        for bundle in &answer.trust {
            self.step(&Ask::Trust(bundle));
        }
        let device = self.state.device().unwrap().clone();
        let status = verify_status(answer.status.as_bytes(), self.state.trust(), &device, &nonce).unwrap();
        let now = self.now(Some(status.claims().now.get()));
        for order in &answer.orders {
            let token = order.jws.as_bytes();
            let ask = Ask::Order {
                seq: order.seq,
                jti: order.jti.clone(),
                token,
            };
            let entry = match judge(&self.state, &ask, &now) {
                Ok(entry) => Some(entry),
                Err(refusal) => {
                    self.refusals.push(refusal.code);
                    refused(&self.state, order.seq, &order.jti, token, &refusal, &now)
                }
            };
            self.state = apply(std::mem::take(&mut self.state), &entry.unwrap()).0;
        }
        if let Ok(entry) = judge(&self.state, &Ask::Status(&status), &now) {
            self.state = apply(std::mem::take(&mut self.state), &entry).0;
        }
        self.send().await;
        assert!(
            self.state.from_zero(status.claims(), None, &now).is_none(),
            "both believe the same"
        );
        answer
    }

    async fn send(&mut self) {
        let outbox = self.state.outbox();
        for claim in &outbox.claims {
            assert_eq!(self.phone.post("/v1/device/claims", claim).await.status, 202);
        }
        let claims: Vec<_> = outbox.claims.iter().map(|claim| claim.id.clone()).collect();
        if outbox.receipts.is_empty() && claims.is_empty() {
            return;
        }
        let receipts_to = outbox.receipts.last().map(|r| r.seq);
        let body = Receipts {
            receipts: outbox.receipts,
        };
        if !body.receipts.is_empty() {
            assert_eq!(self.phone.post("/v1/device/receipts", &body).await.status, 204);
        }
        self.step(&Ask::Sent {
            receipts_to,
            claims,
            settle: outbox.settle,
        });
    }

    /// What the owner does; claims are sent at once. The id of a claim is what the lender answers to.
    pub async fn does(&mut self, command: Command) -> latchkey_core::order::values::Id {
        self.boot_ms += 1_000;
        let id = fresh_id();
        self.step(&Ask::Command(command, id.clone()));
        self.send().await;
        id
    }

    /// Types a code as the hotline read it out, without network.
    pub fn types(&mut self, groups: &str) -> Result<(), Code> {
        self.boot_ms += 1_000;
        let typed = Typed::new(groups).unwrap();
        let ask = Ask::Command(Command::TypeCode(typed), fresh_id());
        let entry = judge(&self.state, &ask, &self.now(None)).map_err(|r| r.code)?;
        self.state = apply(std::mem::take(&mut self.state), &entry).0;
        let challenge = self.state.challenge().unwrap();
        let proof = check(&challenge, &typed).ok_or(Code::CWrong)?;
        self.step(&Ask::Code(proof));
        Ok(())
    }

    /// What the screen shows.
    pub fn sees(&self) -> Snapshot {
        snapshot(&self.state, &self.now(None))
    }

    pub fn told(&mut self) -> Vec<Code> {
        std::mem::take(&mut self.refusals)
    }
}

pub async fn pay(sandbox: &Sandbox) {
    let page = browser()
        .get(sandbox.pay_url())
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let (_, rest) = page.split_once("name=\"intent\" value=\"").unwrap();
    let form = [("intent", rest.split('"').next().unwrap()), ("action", "pay")];
    let paid = browser()
        .post(sandbox.pay_url())
        .form(&form)
        .send()
        .await
        .unwrap();
    assert!(paid.status().is_success());
}
