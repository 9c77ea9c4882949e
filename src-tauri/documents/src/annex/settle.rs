//! Moving pages from one file into another.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// What a page has from the nodes above it, where it does not say so itself (ISO 32000-1, 7.7.3.4).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];
/// What would lead out of the page, or do something when it is opened.
const LEFT_BEHIND: [&[u8]; 6] =
    [b"Parent", b"AA", b"B", b"StructParents", b"Metadata", b"PieceInfo"];
/// A tree of pages is never this deep; a file whose nodes are each other's parents is.
const DEEPEST: usize = 32;

/// Takes `pages` of `from`, and what they need, into `book` under the node `tree`; they come back
/// as that node's kids.
pub(super) fn settle(
    book: &mut Document,
    tree: ObjectId,
    from: Document,
    pages: &[ObjectId],
) -> Vec<Object> {
    let mut moving = Moving { book, from, new_ids: HashMap::new(), waiting: Vec::new() };
    // All pages first: one that another page links to is that page, not a second one.
    let kids: Vec<ObjectId> = pages.iter().map(|page| moving.book_page(*page)).collect();
    for (old, new) in pages.iter().zip(&kids) {
        let mut page = whole(&moving.from, *old);
        moving.relink_all(&mut page);
        page.set("Type", Object::Name(b"Page".to_vec()));
        page.set("Parent", tree);
        moving.book.objects.insert(*new, Object::Dictionary(page));
    }
    moving.finish();
    kids.into_iter().map(Object::Reference).collect()
}

/// A page with what it inherits, and without what is left behind.
fn whole(document: &Document, id: ObjectId) -> Dictionary {
    let mut page = document.get_dictionary(id).cloned().unwrap_or_default();
    let mut node = page.clone();
    for _ in 0..DEEPEST {
        let parent = node.get(b"Parent").and_then(Object::as_reference);
        let Ok(parent) = parent.and_then(|id| document.get_dictionary(id)) else { break };
        for key in INHERITED {
            if let (false, Ok(value)) = (page.has(key), parent.get(key)) {
                page.set(key, value.clone());
            }
        }
        node = parent.clone();
    }
    for key in LEFT_BEHIND {
        page.remove(key);
    }
    page
}

struct Moving<'b> {
    book: &'b mut Document,
    from: Document,
    new_ids: HashMap<ObjectId, ObjectId>,
    /// Objects that have a new id and are not moved yet: old and new.
    waiting: Vec<(ObjectId, ObjectId)>,
}

impl Moving<'_> {
    fn book_page(&mut self, old: ObjectId) -> ObjectId {
        // A tree may name one page twice.
        let new = self.book.new_object_id();
        self.new_ids.entry(old).or_insert(new);
        new
    }

    fn new_id(&mut self, old: ObjectId) -> ObjectId {
        if let Some(new) = self.new_ids.get(&old) {
            return *new;
        }
        let new = self.book.new_object_id();
        self.new_ids.insert(old, new);
        self.waiting.push((old, new));
        new
    }

    fn relink_all(&mut self, dictionary: &mut Dictionary) {
        for (_, value) in dictionary.iter_mut() {
            self.relink(value);
        }
    }

    fn relink(&mut self, object: &mut Object) {
        match object {
            Object::Reference(id) => *id = self.new_id(*id),
            Object::Array(items) => items.iter_mut().for_each(|item| self.relink(item)),
            Object::Dictionary(dictionary) => self.relink_all(dictionary),
            Object::Stream(stream) => self.relink_all(&mut stream.dict),
            _ => {}
        }
    }

    fn finish(mut self) {
        while let Some((old, new)) = self.waiting.pop() {
            // A reference to nothing is null (ISO 32000-1, 7.3.10).
            let mut object = self.from.objects.remove(&old).unwrap_or(Object::Null);
            self.relink(&mut object);
            self.book.objects.insert(new, object);
        }
    }
}
