//! The pay page: `GET` shows what is owed, `POST` pays it, and a redirect leads to the receipt.
//!
//! The form carries an intent made for the page that was shown: another site cannot know one, the amount is the one
//! that was read, and pressing twice is one payment. The intent is the receipt's number too, in signs that a person can
//! read aloud. The language is the browser's, or the one chosen on the page (`?lang=`), which every link then carries.

use super::operation::{Content, Door, Handler, Operation, PLAIN, schema};
use crate::address::Address;
use crate::auth::{Tenant, payer};
use crate::clock::Moment;
use crate::error::LenderError;
use crate::house::House;
use crate::limits::Bucket;
use crate::money::{self, Instalment};
use crate::openapi::wire::PayForm;
use crate::page::{self, Asked, Fact, Frame, Pay, Receipt, Row};
use crate::payment::{self, Booked};
use crate::problem::{self, Problem};
use crate::random;
use crate::store::Conn;
use crate::store::contracts::{self, Contract};
use crate::store::payments::{self, Intent};
use crate::timeline::{self, Timeline};
use crate::words::Words;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use latchkey_core::order::claims::Card;
use latchkey_core::order::values::{Day, Minor};
use latchkey_core::profile::{LocalTime, Profile};
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::Arc;

/// Signs of an intent, five bits each: with the link's own token nobody guesses one.
const SIGNS: usize = 16;

const PAGE: (u16, &str, Content) = (200, "The page.", Content::Text("text/html"));
const UNKNOWN: (u16, &str, Content) = (
    404,
    "The page of a link that is not ours.",
    Content::Text("text/html"),
);

pub(super) static ROWS_OF: &[Operation] = &[
    Operation {
        id: "payPage",
        path: "/p/{token}",
        tag: "pay",
        summary: "The pay page: what is owed.",
        door: Door::Payer,
        query: Some(schema::<Told>),
        answers: &[PAGE, UNKNOWN],
        handler: Handler::Route(|| get(show)),
        ..PLAIN
    },
    Operation {
        id: "pay",
        method: &Method::POST,
        path: "/p/{token}",
        tag: "pay",
        summary: "Press a button of the pay page.",
        door: Door::Payer,
        query: Some(schema::<Told>),
        body: Some(("application/x-www-form-urlencoded", schema::<PayForm>)),
        answers: &[(303, "Look there what came of it.", Content::Nothing), UNKNOWN],
        handler: Handler::Route(|| post(press)),
        ..PLAIN
    },
    Operation {
        id: "paidPage",
        path: "/p/{token}/paid/{intent}",
        tag: "pay",
        summary: "The receipt of a payment.",
        door: Door::Payer,
        query: Some(schema::<Told>),
        answers: &[PAGE, UNKNOWN],
        handler: Handler::Route(|| get(thanks)),
        ..PLAIN
    },
];

/// What stands in the address.
#[derive(Default, Deserialize, JsonSchema)]
struct Told {
    /// What came of a press: `failed` or `stale`.
    note: Option<String>,
    /// The language that was chosen on the page, e.g. `hi`.
    lang: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    intent: String,
    action: String,
}

/// Somebody looks at a page: in which language, and what was told in the address.
struct Visit<'h> {
    house: &'h House,
    words: &'h Words,
    fact: Option<Fact>,
    /// `lang=hi`, if it was chosen on the page.
    chosen: Option<String>,
    /// Where the visitor comes from.
    address: Address,
}

impl<'h> Visit<'h> {
    fn new(
        house: &'h House,
        address: Address,
        told: Result<Query<Told>, QueryRejection>,
        headers: &HeaderMap,
    ) -> Visit<'h> {
        let Query(told) = told.unwrap_or_default();
        let chosen = told.lang.as_deref().and_then(|tag| house.languages.find(tag));
        let accepted = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        Visit {
            house,
            words: house.languages.pick(chosen.map(|words| words.tag), accepted),
            fact: match told.note.as_deref() {
                Some("failed") => Some(Fact::Failed),
                Some("stale") => Some(Fact::Stale),
                Some(_) | None => None,
            },
            chosen: chosen.map(|words| format!("lang={}", words.tag)),
            address,
        }
    }

    /// Whose link it is. Whoever holds one asks out of the contract's bucket, so that nobody who shares the address, or
    /// guesses links from it, keeps a payer from paying; a guess asks out of the address's.
    async fn payer(&self, conn: &mut Conn, token: &str) -> Result<Option<(Tenant, String)>, Problem> {
        let found = payer(conn, token).await?;
        match &found {
            Some((tenant, contract)) => {
                let key = format!("{}/{contract}", tenant.as_str());
                self.house.limits.take(Bucket::Payer, &key)?
            }
            None => self.house.limits.take(Bucket::AddressPay, &self.address.0)?,
        };
        Ok(found)
    }

    /// The card of the lender whose contract this is.
    fn card(&self, tenant: &Tenant) -> Result<&'h Card, Problem> {
        Ok(&self.house.office(tenant)?.card)
    }

    fn frame(&self, card: &'h Card) -> Frame<'_> {
        Frame {
            words: self.words,
            languages: &self.house.languages,
            card,
            played: self.house.plays(),
            keep: match self.fact {
                Some(Fact::Failed) => "note=failed&",
                Some(Fact::Stale) => "note=stale&",
                None => "",
            },
        }
    }

    /// A path of ours in the language that was chosen.
    fn link(&self, path: &str, note: Option<&str>) -> String {
        let note = note.map(|note| format!("note={note}"));
        let told: Vec<String> = note.into_iter().chain(self.chosen.clone()).collect();
        if told.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", told.join("&"))
        }
    }

    /// Nobody knows whose link it was meant to be: the house's first lender answers.
    fn unknown(&self) -> Result<Response, Problem> {
        let card = self.card(&self.house.tenant)?;
        Ok(page::unknown(&self.frame(card)))
    }

    /// A page, or what to do now that there is none; the cause goes to the operator's log as for every other route.
    fn answer(&self, outcome: Result<Response, Problem>) -> Response {
        let refused = match outcome {
            Ok(page) => return page,
            Err(problem) if problem.status() == StatusCode::TOO_MANY_REQUESTS => {
                return problem.into_response();
            }
            Err(problem) => problem.into_response(),
        };
        let Ok(card) = self.card(&self.house.tenant) else {
            return refused;
        };
        let (parts, _) = refused.into_parts();
        let number = problem::request_id();
        let mut page = page::trouble(&self.frame(card), parts.status, number.as_deref());
        *page.extensions_mut() = parts.extensions;
        page
    }
}

fn payee(card: &Card) -> &str {
    card.payees.first().map_or("", |payee| payee.as_str())
}

async fn show(
    State(house): State<Arc<House>>,
    address: Address,
    Path(token): Path<String>,
    told: Result<Query<Told>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::new(&house, address, told, &headers);
    visit.answer(owed(&visit, &token).await)
}

async fn owed(visit: &Visit<'_>, token: &str) -> Result<Response, Problem> {
    let house = visit.house;
    let mut conn = house.store.read().await?;
    let Some((tenant, id)) = visit.payer(&mut conn, token).await? else {
        return visit.unknown();
    };
    let contract = contracts::get(&mut conn, &tenant, &id).await?;
    let today = house.now().day(contract.read.utc_offset_min)?;
    let timeline = timeline::of(&mut conn, &tenant, &contract, house.now()).await?;
    let sums = &timeline.sums;
    let minor = sums.unlocks_now;
    // Looking again writes nothing: an unused intent for the same sum is shown once more.
    let unused = payments::unused_intent(&mut conn, &tenant, &id, minor, house.now()).await?;
    drop(conn);
    let intent = if let Some(intent) = unused {
        intent
    } else {
        let intent = Intent {
            id: random::typed(SIGNS)?,
            contract: id,
            minor,
        };
        if !contract.settled && minor.get() > 0 {
            let mut tx = house.store.begin().await?;
            payments::open_intent(&mut tx, &tenant, &intent, house.now()).await?;
            tx.commit().await?;
        }
        intent
    };
    let card = visit.card(&tenant)?;
    let shown = Shown {
        words: visit.words,
        contract: &contract,
        today,
    };
    let asked = shown.asked(&timeline, &intent);
    let page = Pay {
        payee: payee(card),
        fact: visit.fact.filter(|_| matches!(asked, Asked::Amount { .. })),
        action: &visit.link("", None),
        takes: house.office(&tenant)?.provider.takes(),
        asked,
        rows: sums.rows.iter().map(|i| shown.row(i)).collect(),
        sums: [sums.paid, sums.left, sums.total].map(|minor| shown.money(minor)),
        bar: (sums.paid.get(), sums.total.get()),
    };
    Ok(page::pay(&visit.frame(card), &page))
}

/// A contract on a day, in a language.
struct Shown<'a> {
    words: &'a Words,
    contract: &'a Contract,
    today: Day,
}

impl Shown<'_> {
    fn money(&self, minor: Minor) -> String {
        money::write(&self.contract.read, minor)
    }

    fn open(&self, instalment: &Instalment) -> String {
        self.money(Minor::try_from(instalment.open()).unwrap_or(instalment.minor))
    }

    fn day(&self, day: Day) -> String {
        self.words.day(self.contract.read.market.as_str(), day)
    }

    fn asked(&self, timeline: &Timeline, intent: &Intent) -> Asked {
        let sums = &timeline.sums;
        if self.contract.settled {
            return Asked::Settled;
        }
        if sums.unlocks_now.get() == 0 {
            let next = sums.next.as_ref();
            return Asked::Nothing(next.map(|i| (i.no.to_string(), self.open(i), self.day(i.due))));
        }
        // What the sum is made of: the instalment behind the lock, else everything that is due.
        let meant = |i: &&Instalment| timeline.locked.map_or(i.due <= self.today, |no| i.no == no);
        let due: Vec<_> = timeline
            .instalments
            .iter()
            .filter(meant)
            .filter(|i| i.open() > 0)
            .collect();
        let fees: u64 = due.iter().map(|i| i.fee.get().min(i.open())).sum();
        Asked::Amount {
            amount: self.money(sums.unlocks_now),
            fee: Minor::try_from(fees)
                .ok()
                .filter(|fee| fee.get() > 0)
                .map(|fee| self.money(fee)),
            intent: intent.id.clone(),
            due: due
                .into_iter()
                .map(|i| (i.no.to_string(), self.day(i.due)))
                .collect(),
        }
    }

    fn row(&self, instalment: &Instalment) -> Row {
        let part = instalment.open() > 0 && instalment.paid.get() > 0;
        Row {
            no: instalment.no.to_string(),
            due: self.day(instalment.due),
            amount: self.money(instalment.minor),
            state: match (instalment.open(), instalment.due <= self.today) {
                (0, _) => page::State::Paid,
                (_, true) => page::State::Late,
                (_, false) => page::State::Open,
            },
            left: part.then(|| self.open(instalment)),
        }
    }
}

async fn press(
    State(house): State<Arc<House>>,
    address: Address,
    Path(token): Path<String>,
    told: Result<Query<Told>, QueryRejection>,
    headers: HeaderMap,
    form: Result<axum::Form<Form>, FormRejection>,
) -> Response {
    let visit = Visit::new(&house, address, told, &headers);
    visit.answer(pressed(&visit, &token, form).await)
}

async fn pressed(
    visit: &Visit<'_>,
    token: &str,
    form: Result<axum::Form<Form>, FormRejection>,
) -> Result<Response, Problem> {
    let house = visit.house;
    let path = format!("/p/{}", random::as_typed(token));
    let back = |note| see_other(&visit.link(&path, Some(note)));
    let mut conn = house.store.read().await?;
    let Some((tenant, contract)) = visit.payer(&mut conn, token).await? else {
        return visit.unknown();
    };
    let Ok(axum::Form(form)) = form else {
        return Ok(back("stale"));
    };
    let Some(intent) = payments::intent(&mut conn, &tenant, &contract, &form.intent).await? else {
        return Ok(back("stale"));
    };
    drop(conn);
    Ok(
        match payment::take(house, &tenant, &intent, &form.action).await? {
            Booked::Paid => see_other(&visit.link(&format!("{path}/paid/{}", intent.id), None)),
            Booked::Declined => back("failed"),
            // What was shown is what is paid: if the sum changed meanwhile, the payer reads the new one first.
            Booked::Stale => back("stale"),
        },
    )
}

async fn thanks(
    State(house): State<Arc<House>>,
    address: Address,
    Path((token, intent)): Path<(String, String)>,
    told: Result<Query<Told>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::new(&house, address, told, &headers);
    visit.answer(kept(&visit, &token, &intent).await)
}

async fn kept(visit: &Visit<'_>, token: &str, intent: &str) -> Result<Response, Problem> {
    let house = visit.house;
    let mut conn = house.store.read().await?;
    let Some((tenant, id)) = visit.payer(&mut conn, token).await? else {
        return visit.unknown();
    };
    let contract = contracts::get(&mut conn, &tenant, &id).await?;
    let intent = random::as_typed(intent);
    let Some(paid) = payments::kept(&mut conn, &tenant, &id, &intent).await? else {
        return visit.unknown();
    };
    let path = format!("/p/{}", random::as_typed(token));
    let card = visit.card(&tenant)?;
    let receipt = Receipt {
        amount: money::write(&contract.read, paid.minor),
        payee: payee(card),
        paid: time(visit.words, &contract, paid.paid)?,
        back: paid
            .reversed
            .map(|at| time(visit.words, &contract, at))
            .transpose()?,
        refund: match paid.refunded {
            Some((minor, at)) => Some((
                money::write(&contract.read, minor),
                time(visit.words, &contract, at)?,
            )),
            None => None,
        },
        number: random::groups(&intent),
        address: format!("{}{path}/paid/{intent}", house.pay_base),
        more: visit.link(&path, None),
    };
    Ok(page::receipt(&visit.frame(card), &receipt))
}

/// A moment in the contract's zone and the market's order.
fn time(words: &Words, contract: &Contract, at: Moment) -> Result<String, LenderError> {
    let profile = Profile::by_id(&contract.read.profile);
    let local = LocalTime::of(&contract.read, profile);
    let at = i64::try_from(at.unix_s()).unwrap_or(0);
    let day = Day::try_from(u64::try_from(local.day(at)).unwrap_or(0))?;
    let minute = local.second(at) / 60;
    let clock = format!("{}:{:02}", minute / 60, minute % 60);
    Ok(words.time(&words.day(contract.read.market.as_str(), day), &clock))
}

fn see_other(to: &str) -> Response {
    let headers = [
        (header::LOCATION, to.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}
