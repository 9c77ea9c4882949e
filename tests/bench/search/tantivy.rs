//! The same with tantivy: characters by ones and twos, letters and digits by threes, in memory.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, Value as _,
};
use tantivy::tokenizer::NgramTokenizer;
use tantivy::{Index, IndexReader, TantivyDocument, Term};
use yichuang_guide::GuidePackage;

use super::queries::{full, initials};
use super::{Engine, LIMIT};

/// An index of every text, the letters of names and codes apart.
pub struct Tantivy {
    reader: IndexReader,
    text: Field,
    letters: Field,
    place: Field,
}

impl Tantivy {
    /// Of a guide.
    pub fn new(guide: &GuidePackage) -> Self {
        let mut schema = Schema::builder();
        let ngrams = |tokenizer: &str| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
            let indexing = indexing.set_index_option(IndexRecordOption::WithFreqs);
            TextOptions::default().set_indexing_options(indexing)
        };
        let text = schema.add_text_field("text", ngrams("twos"));
        let letters = schema.add_text_field("letters", ngrams("threes"));
        let place = schema.add_u64_field("place", tantivy::schema::STORED | FAST);
        let index = Index::create_in_ram(schema.build());
        let gram = |least, most| NgramTokenizer::new(least, most, false).expect("a tokenizer");
        index.tokenizers().register("twos", gram(1, 2));
        index.tokenizers().register("threes", gram(2, 3));
        let mut writer = index.writer::<TantivyDocument>(100_000_000).expect("a writer");
        for (i, matter) in guide.matters.iter().enumerate() {
            let mut row = TantivyDocument::default();
            row.add_text(text, &matter.name);
            matter.aliases.iter().for_each(|alias| row.add_text(text, alias));
            row.add_text(letters, full(&matter.name));
            row.add_text(letters, initials(&matter.name));
            row.add_text(letters, matter.code.to_lowercase());
            row.add_u64(place, i as u64);
            writer.add_document(row).expect("a row");
        }
        writer.commit().expect("kept");
        let reader = index.reader().expect("a reader");
        Self { reader, text, letters, place }
    }
}

impl Engine for Tantivy {
    fn find(&self, typed: &str) -> Vec<usize> {
        let typed: Vec<char> = typed.to_lowercase().chars().collect();
        let pieces = typed.chunk_by(|a, b| a.is_ascii() == b.is_ascii() && *b != ' ' && *a != ' ');
        let mut terms: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for piece in pieces.filter(|piece| piece[0] != ' ') {
            let (field, most) =
                if piece[0].is_ascii() { (self.letters, 3) } else { (self.text, 2) };
            for gram in piece.windows(most.min(piece.len())) {
                let term = Term::from_field_text(field, &gram.iter().collect::<String>());
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                terms.push((Occur::Must, Box::new(query)));
            }
        }
        let searcher = self.reader.searcher();
        let best = TopDocs::with_limit(LIMIT).order_by_score();
        let hits = searcher.search(&BooleanQuery::new(terms), &best).expect("hits");
        let place = |address| {
            let row: TantivyDocument = searcher.doc(address).expect("a row");
            row.get_first(self.place).and_then(|v| v.as_u64()).unwrap_or_default() as usize
        };
        hits.into_iter().map(|(_, address)| place(address)).collect()
    }
}
