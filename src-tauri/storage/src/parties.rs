//! Whoever applied or came for somebody, as written the last time.

use jiff::civil::Date;
use rusqlite::params;
use yichuang_domain::applicant::{ApplicantKind, Party, name_key};

use crate::error::StorageError;
use crate::store::{Store, Tx};

/// Somebody this window knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownParty {
    /// What they applied as; none where they only came for another.
    pub kind: Option<ApplicantKind>,
    /// As written the last time.
    pub party: Party,
    /// The day of that filing.
    pub seen_on: String,
    /// What it was about.
    pub matter_name: String,
}

impl Store {
    /// Those whose name or number begins so, the latest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn known_parties(&self, text: &str, limit: u32) -> Result<Vec<KnownParty>, StorageError> {
        let sql = self.lock();
        // Ranges, not LIKE: the text may hold any character, and the index is used.
        let mut statement = sql.prepare_cached(
            "SELECT kind, seen_on, matter_name, body FROM parties
             WHERE (name_key >= ?1 AND name_key < ?1 || char(1114111))
                OR (id_number >= ?2 AND id_number < ?2 || char(1114111))
             ORDER BY seen_on DESC, name_key LIMIT ?3",
        )?;
        let number = text.trim().to_uppercase();
        let rows = statement.query_map(params![name_key(text), number, limit], |row| {
            Ok((
                row.get::<_, Option<String>>("kind")?,
                row.get::<_, String>("seen_on")?,
                row.get::<_, String>("matter_name")?,
                row.get::<_, String>("body")?,
            ))
        })?;
        let mut known = Vec::new();
        for row in rows {
            let (kind, seen_on, matter_name, body) = row?;
            // What an earlier program wrote otherwise is typed again.
            let Ok(party) = serde_json::from_str(&body) else { continue };
            let kind = kind.and_then(|kind| ApplicantKind::parse(&kind));
            known.push(KnownParty { kind, party, seen_on, matter_name });
        }
        Ok(known)
    }
}

impl Tx<'_> {
    /// Keeps how somebody was written in a filing. Who gave no phone or address this time keeps
    /// those of before, and an applicant stays one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep_party(
        &self,
        kind: Option<ApplicantKind>,
        party: &Party,
        on: Date,
        matter_name: &str,
    ) -> Result<(), StorageError> {
        let unreadable = |_| StorageError::Unreadable { what: "申请人" };
        let body = serde_json::to_string(party).map_err(unreadable)?;
        self.sql
            .prepare_cached(
                "INSERT INTO parties (id_number, name_key, kind, seen_on, matter_name, body, id_type)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (id_number, id_type) DO UPDATE SET
                   name_key = excluded.name_key, kind = coalesce(excluded.kind, kind),
                   seen_on = excluded.seen_on, matter_name = excluded.matter_name,
                   body = json_patch(body, json_patch(excluded.body,
                     CASE WHEN json_extract(excluded.body, '$.phone') IS NULL
                          THEN json_object('phone', json_extract(body, '$.phone')) ELSE '{}' END))",
            )?
            .execute(params![
                party.id_number,
                name_key(&party.name),
                kind.map(ApplicantKind::as_str),
                on.to_string(),
                matter_name,
                body,
                party.id_type.as_str()
            ])?;
        Ok(())
    }

    /// Forgets how somebody was written, where that turned out to be wrong.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_party(&self, party: &Party) -> Result<(), StorageError> {
        self.sql
            .prepare_cached("DELETE FROM parties WHERE id_number = ?1 AND id_type = ?2")?
            .execute(params![party.id_number, party.id_type.as_str()])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use yichuang_domain::identity::IdType;

    use super::*;
    use crate::key::Key;

    fn party(name: &str, number: &str, phone: Option<&str>, address: Option<&str>) -> Party {
        Party {
            name: name.to_owned(),
            id_type: IdType::ResidentId,
            id_number: number.to_owned(),
            phone: phone.map(str::to_owned),
            address: address.map(str::to_owned),
        }
    }

    #[test]
    fn somebody_is_found_by_the_beginning_of_name_or_number_as_written_last() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_with_key(folder.path(), &Key::random().unwrap()).unwrap();
        let on = |day: &str| day.parse::<Date>().unwrap();
        let keep = |kind, party: &Party, day| {
            store.write(|tx| tx.keep_party(kind, party, on(day), "养老参保")).unwrap();
        };
        let person = Some(ApplicantKind::Person);
        keep(
            person,
            &party("王䶮", "150785190105180023", Some("13800000000"), Some("森工路8号")),
            "2026-03-01",
        );
        keep(None, &party("王䶮", "150785190105180023", None, None), "2026-03-05");
        keep(None, &party("额尔敦·巴图", "15078519080609008X", None, None), "2026-03-02");

        let found = |text: &str| store.known_parties(text, 5).unwrap();
        let one = &found("王")[0];
        assert_eq!(found("王").len(), 1);
        assert_eq!((one.kind, one.seen_on.as_str()), (person, "2026-03-05"));
        assert_eq!(one.party.phone.as_deref(), Some("13800000000"), "kept from before");
        assert_eq!(one.party.address.as_deref(), Some("森工路8号"));
        assert_eq!(found("15078519080609008x")[0].party.name, "额尔敦·巴图");
        assert_eq!(found("额尔敦•巴").len(), 1, "whatever point was typed");
        assert_eq!(found("150785").len(), 2);
        let passport =
            Party { id_type: IdType::Passport, ..party("白", "15078519080609008X", None, None) };
        keep(person, &passport, "2026-03-06");
        assert_eq!(
            found("15078519080609008X").len(),
            2,
            "another sort of document is somebody else"
        );
        assert!(found("龙").is_empty() && found("%").is_empty() && found("䶮").is_empty());
        assert_eq!(store.known_parties("150785", 1).unwrap()[0].seen_on, "2026-03-06");
    }
}
