//! Agreements and their phones, for whoever holds the store: listed, shown, added, imported by the thousand.

use crate::auth::Tenant;
use crate::error::LenderError;
use crate::files::{self, StoreLock};
use crate::house::House;
use crate::import::{self, Line};
use crate::premises;
use crate::sandbox::{Options, Sandbox};
use crate::store::contracts::{self, Known};
use crate::store::{Tx, devices, enrolment, pages, trust};
use crate::{enrol, random, story};
use latchkey_core::agreement::Agreement;
use latchkey_core::envelope::decode;
use latchkey_core::order::values::{DeviceId, Obj};
use std::path::Path;
use std::sync::Arc;

pub use crate::import::Fault;

/// Rows that are read at once.
const PAGE: i64 = 1_000;
/// How often progress is told, lines.
const STEP: usize = 500;

/// The agreements of one lender.
#[derive(Clone, Debug)]
pub struct Agreements {
    house: Arc<House>,
    tenant: Tenant,
    _lock: Arc<StoreLock>,
}

/// A phone in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The phone.
    pub device: DeviceId,
    /// The contract's number.
    pub contract: String,
    /// Since when, Unix seconds.
    pub created_s: u64,
}

/// A phone, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The phone.
    pub device: DeviceId,
    /// Its contract's number.
    pub contract: String,
    /// Whether the contract is settled.
    pub settled: bool,
    /// Mode as the phone told last; "" before its first check-in.
    pub mode: String,
    /// When it checked in last, Unix seconds.
    pub seen_s: Option<u64>,
    /// Every lock up to this number is lifted.
    pub released_through: i64,
    /// Number of the newest order, 0 = none.
    pub head: i64,
    /// The agreement as it was signed.
    pub agreement: Agreement,
    /// SHA-256 of its bytes, base64url.
    pub sha256: String,
}

/// What an import is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Lines are compared with what the store holds.
    Comparing,
    /// Lines are written.
    Writing,
}

/// How an import is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Write nothing.
    pub dry_run: bool,
    /// Make an enrolment code for each new phone.
    pub codes: bool,
}

/// A phone that an import made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The contract's number.
    pub contract: String,
    /// The phone.
    pub device: DeviceId,
    /// Its enrolment code, if codes were asked for.
    pub enrol_code: Option<String>,
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Lines of the file, without its header.
    pub lines: usize,
    /// Agreements that stand there already, word for word.
    pub known: usize,
    /// Phones that were made; of a dry run, none.
    pub made: Vec<Made>,
    /// Agreements that are new.
    pub new: usize,
    /// What is wrong, by line. Then nothing was written.
    pub faults: Vec<Fault>,
}

impl Sandbox {
    /// The agreements of a store whose server is not running; `None`: of its first tenant.
    ///
    /// # Errors
    /// `store_busy` while the server runs on the same SQLite file; `not_found`: it never ran, or no such tenant.
    pub async fn agreements_of(
        dir: &Path,
        options: Options,
        tenant: Option<&str>,
    ) -> Result<Agreements, LenderError> {
        let (house, lock) = premises::closed(dir, options).await?;
        let office = house.office_named(tenant);
        let tenant = office.map(|office| office.tenant.clone());
        Ok(Agreements {
            house,
            tenant: tenant.ok_or(LenderError::NotFound("no such tenant; `tenant list` shows them"))?,
            _lock: lock,
        })
    }
}

impl Agreements {
    /// Phones and the numbers of their contracts, oldest first.
    ///
    /// # Errors
    /// The store refused.
    pub async fn list(&self) -> Result<Vec<Listed>, LenderError> {
        let mut conn = self.house.store.read().await?;
        let (mut listed, mut after) = (Vec::new(), (i64::MIN, String::new()));
        loop {
            let page = pages::devices(&mut conn, &self.tenant, (after.0, &after.1), PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(listed);
            };
            after = (last.created.ms(), last.device.as_str().to_owned());
            listed.extend(page.into_iter().map(|row| Listed {
                device: row.device,
                contract: row.contract,
                created_s: row.created.unix_s(),
            }));
        }
    }

    /// One phone and its agreement.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn show(&self, device: &DeviceId) -> Result<Shown, LenderError> {
        let mut conn = self.house.store.read().await?;
        let row = devices::get(&mut conn, &self.tenant, device).await?;
        let contract = contracts::get(&mut conn, &self.tenant, &row.contract).await?;
        let told = pages::told(&mut conn, &self.tenant, device).await?;
        Ok(Shown {
            device: device.clone(),
            sha256: contract.agreement_hash(),
            contract: contract.id,
            settled: contract.settled,
            mode: told.mode,
            seen_s: row.seen_ms.map(|ms| u64::try_from(ms / 1000).unwrap_or(0)),
            released_through: row.released_through,
            head: told.head,
            agreement: contract.read,
        })
    }

    /// A fresh enrolment code for a phone. Of four device keys the oldest is retired.
    ///
    /// # Errors
    /// `not_found`, `settled`.
    pub async fn code(&self, device: &DeviceId) -> Result<String, LenderError> {
        let mut work = self.house.begin(&self.tenant).await?;
        work.open_contract(device).await?;
        let (now, most) = (work.now, enrolment::MAX_KEYS - 1);
        enrolment::retire_oldest(&mut work.tx, &self.tenant, device, most, now).await?;
        let code = enrol::fresh_code(&mut work.tx, &self.tenant, device, now).await?;
        work.tx.commit().await?;
        Ok(code)
    }

    /// Adds one agreement, by its exact bytes, with a phone and an enrolment code.
    ///
    /// # Errors
    /// `bad_agreement`, `agreement_exists`, `may_not_enrol`.
    pub async fn add(&self, path: &Path) -> Result<Made, LenderError> {
        let missing = LenderError::NotFound("no such file");
        let bytes = files::read_bytes(path)?.ok_or(missing)?;
        let agreement = Agreement::parse(&bytes)
            .ok()
            .filter(|agreement| agreement.tenant == *self.tenant.name())
            .ok_or(LenderError::BadAgreement)?;
        let mut tx = self.house.store.begin().await?;
        if contracts::known(&mut tx, &self.tenant, agreement.r#ref.as_str())
            .await?
            .is_some()
        {
            return Err(LenderError::AgreementExists);
        }
        if !enrol::may_add(&agreement, trust::sandbox(&mut tx, &self.tenant).await?) {
            return Err(LenderError::MayNotEnrol);
        }
        let made = self.make(&mut tx, &agreement, &bytes, true).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Imports a CSV file, whole or not at all: in one transaction, and only if no line is wrong. An agreement that stands
    /// there already, word for word, stays as it is. `told` hears how far it is.
    ///
    /// # Errors
    /// `not_found`: no such file; `file_too_long`; the store refused. What is wrong in the file is no error of this kind.
    pub async fn import(
        &self,
        path: &Path,
        how: Import,
        told: &(dyn Fn(Stage, usize, usize) + Send + Sync),
    ) -> Result<Imported, LenderError> {
        let missing = LenderError::NotFound("no such file");
        let bytes = files::read_at_most(path, import::LONGEST_FILE)?.ok_or(missing)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > import::LONGEST_FILE {
            return Err(LenderError::FileTooLong(path.display().to_string()));
        }
        let text = import::text(&bytes).map_err(|fault| vec![fault]);
        let lines = match text.and_then(|text| import::read(text, self.tenant.name())) {
            Ok(lines) => lines,
            Err(faults) => {
                return Ok(Imported {
                    faults,
                    ..Imported::default()
                });
            }
        };
        drop(bytes);
        let mut tx = self.house.store.begin().await?;
        let mut imported = Imported {
            lines: lines.len(),
            ..Imported::default()
        };
        let sandbox = trust::sandbox(&mut tx, &self.tenant).await?;
        let mut new: Vec<&Line> = Vec::new();
        for (n, line) in lines.iter().enumerate() {
            if n % STEP == 0 {
                told(Stage::Comparing, n, lines.len());
            }
            match contracts::known(&mut tx, &self.tenant, line.agreement.r#ref.as_str()).await? {
                None if enrol::may_add(&line.agreement, sandbox) => new.push(line),
                None => imported.faults.push(Fault {
                    line: line.line,
                    column: "market".to_owned(),
                    what: "no phone may be enrolled in this market; docs/markets.md tells why".to_owned(),
                }),
                Some(known) if same(&known, &line.agreement) => imported.known += 1,
                Some(_) => imported.faults.push(Fault {
                    line: line.line,
                    column: "ref".to_owned(),
                    what: "another agreement stands under this number; change it by a plan, or use another number"
                        .to_owned(),
                }),
            }
        }
        told(Stage::Comparing, lines.len(), lines.len());
        imported.new = new.len();
        if how.dry_run || !imported.faults.is_empty() {
            return Ok(imported);
        }
        for (n, line) in new.iter().enumerate() {
            if n % STEP == 0 {
                told(Stage::Writing, n, new.len());
            }
            imported.made.push(
                self.make(&mut tx, &line.agreement, &line.bytes, how.codes)
                    .await?,
            );
        }
        tx.commit().await?;
        told(Stage::Writing, new.len(), new.len());
        Ok(imported)
    }

    async fn make(
        &self,
        tx: &mut Tx,
        agreement: &Agreement,
        bytes: &[u8],
        code: bool,
    ) -> Result<Made, LenderError> {
        let now = self.house.now();
        let token = random::typed(story::TOKEN)?;
        contracts::insert_read(tx, &self.tenant, agreement, bytes, &token, now).await?;
        let device = random::device_id()?;
        devices::insert(tx, &self.tenant, &device, agreement.r#ref.as_str(), now).await?;
        let enrol_code = match code {
            true => Some(enrol::fresh_code(tx, &self.tenant, &device, now).await?),
            false => None,
        };
        Ok(Made {
            contract: agreement.r#ref.as_str().to_owned(),
            device,
            enrol_code,
        })
    }
}

/// Whether two agreements say the same. Clock changes come from the market's file, which a newer program may know better.
fn same(known: &Known, line: &Agreement) -> bool {
    let read =
        decode(known.0.as_bytes()).and_then(|bytes| serde_json::from_slice::<Obj<Agreement>>(&bytes).ok());
    read.is_some_and(|read| {
        *line
            == Agreement {
                utc_offset_min: line.utc_offset_min,
                clock_changes: line.clock_changes.clone(),
                ..read.0
            }
    })
}
