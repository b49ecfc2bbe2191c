//! One query layer for both databases: the text of a query runs on SQLite and on PostgreSQL, and its values are bound
//! here. Portable are `$1` placeholders, `ON CONFLICT … DO NOTHING` or `DO UPDATE`, `RETURNING`, and whole numbers that
//! come out of the query as `BIGINT` (cast a `SUM`).

use super::{Conn, Side};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Error, FromRow};
use std::marker::PhantomData;

/// A value as both databases know it.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// BIGINT.
    Int(Option<i64>),
    /// TEXT.
    Text(Option<String>),
    /// A condition inside a query; no column holds one.
    Flag(bool),
}

macro_rules! value_from {
    ($($from:ty => |$it:ident| $value:expr;)*) => {$(
        impl From<$from> for Value {
            fn from($it: $from) -> Value {
                $value
            }
        }
    )*};
}

value_from! {
    i64 => |n| Value::Int(Some(n));
    Option<i64> => |n| Value::Int(n);
    bool => |flag| Value::Flag(flag);
    &str => |text| Value::Text(Some(storable(text)));
    String => |text| Value::Text(Some(storable(&text)));
    &String => |text| Value::Text(Some(storable(text)));
    Option<&str> => |text| Value::Text(text.map(storable));
    Option<String> => |text| Value::Text(text.as_deref().map(storable));
    &Option<String> => |text| Value::Text(text.as_deref().map(storable));
}

/// PostgreSQL takes no NUL in a text and refuses the whole query; no text here has one. What is asked for by such a text
/// is then simply not there.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// What a row can be read as: a tuple, or a struct with `#[derive(sqlx::FromRow)]`.
pub(crate) trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

macro_rules! bound {
    ($query:expr, $values:expr) => {
        $values.into_iter().fold($query, |query, value| match value {
            Value::Int(n) => query.bind(n),
            Value::Text(text) => query.bind(text),
            Value::Flag(flag) => query.bind(flag),
        })
    };
}

/// A statement that gives no rows.
#[derive(Debug)]
#[must_use = "a query does nothing until it is executed"]
pub(crate) struct Query {
    sql: &'static str,
    values: Vec<Value>,
}

/// A statement without rows.
pub(crate) fn query(sql: &'static str) -> Query {
    let values = Vec::new();
    Query { sql, values }
}

/// What a statement did.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done(u64);

impl Done {
    /// Rows that it wrote.
    pub(crate) const fn rows_affected(self) -> u64 {
        self.0
    }
}

impl Query {
    /// Binds the next value.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Query {
        self.values.push(value.into());
        self
    }

    /// Runs it.
    pub(crate) async fn execute(self, conn: &mut Conn) -> Result<Done, Error> {
        let Query { sql, values } = self;
        Ok(Done(match conn.side() {
            Side::Sqlite(conn) => {
                let done = bound!(sqlx::query(sql), values).execute(conn).await?;
                done.rows_affected()
            }
            Side::Postgres(conn) => {
                let done = bound!(sqlx::query(sql), values).execute(conn).await?;
                done.rows_affected()
            }
        }))
    }
}

/// A statement that gives rows.
#[derive(Debug)]
#[must_use = "a query does nothing until it is fetched"]
pub(crate) struct QueryAs<T> {
    sql: &'static str,
    values: Vec<Value>,
    row: PhantomData<fn() -> T>,
}

/// A statement with rows.
pub(crate) fn query_as<T: Row>(sql: &'static str) -> QueryAs<T> {
    QueryAs {
        sql,
        values: Vec::new(),
        row: PhantomData,
    }
}

impl<T: Row> QueryAs<T> {
    /// Binds the next value.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> QueryAs<T> {
        self.values.push(value.into());
        self
    }

    /// All rows.
    pub(crate) async fn fetch_all(self, conn: &mut Conn) -> Result<Vec<T>, Error> {
        let QueryAs { sql, values, .. } = self;
        match conn.side() {
            Side::Sqlite(conn) => bound!(sqlx::query_as(sql), values).fetch_all(conn).await,
            Side::Postgres(conn) => bound!(sqlx::query_as(sql), values).fetch_all(conn).await,
        }
    }

    /// The first row, if there is one.
    pub(crate) async fn fetch_optional(self, conn: &mut Conn) -> Result<Option<T>, Error> {
        let QueryAs { sql, values, .. } = self;
        match conn.side() {
            Side::Sqlite(conn) => bound!(sqlx::query_as(sql), values).fetch_optional(conn).await,
            Side::Postgres(conn) => bound!(sqlx::query_as(sql), values).fetch_optional(conn).await,
        }
    }

    /// The first row.
    pub(crate) async fn fetch_one(self, conn: &mut Conn) -> Result<T, Error> {
        self.fetch_optional(conn).await?.ok_or(Error::RowNotFound)
    }
}
