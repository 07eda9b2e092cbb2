//! PDF files for tests, written by hand.

/// A file of objects: the first is the catalogue, the second the tree of pages.
pub(super) struct Sample {
    objects: Vec<String>,
    pages: Vec<usize>,
    /// What else the trailer says.
    pub(super) trailer: String,
}

impl Sample {
    pub(super) fn new() -> Self {
        Self { objects: vec![String::new(), String::new()], pages: Vec::new(), trailer: String::new() }
    }

    /// Adds an object and gives its number.
    pub(super) fn object(&mut self, content: &str) -> usize {
        self.objects.push(content.to_owned());
        self.objects.len()
    }

    /// Adds a stream and gives its number.
    pub(super) fn stream(&mut self, dictionary: &str, content: &str) -> usize {
        self.object(&format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len()))
    }

    /// Adds a page of A4 on which `content` is drawn; `more` goes into its dictionary.
    pub(super) fn page(&mut self, content: &str, resources: &str, more: &str) {
        let content = self.stream("", content);
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R /Resources << {resources} >> {more} >>"
        );
        let page = self.object(&page);
        self.pages.push(page);
    }

    /// The bytes of the file.
    pub(super) fn bytes(mut self) -> Vec<u8> {
        let kids: Vec<String> = self.pages.iter().map(|page| format!("{page} 0 R")).collect();
        self.objects[0] = "<< /Type /Catalog /Pages 2 0 R >>".to_owned();
        self.objects[1] = format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), kids.join(" "));
        let mut file = "%PDF-1.7\n".to_owned();
        let mut places = Vec::new();
        for (object, number) in self.objects.iter().zip(1..) {
            places.push(format!("{:010} 00000 n \n", file.len()));
            file.extend([format!("{number} 0 obj\n{object}\nendobj\n")]);
        }
        let (start, count) = (file.len(), self.objects.len() + 1);
        file.extend([format!("xref\n0 {count}\n0000000000 65535 f \n{}", places.concat())]);
        file.extend([format!("trailer\n<< /Size {count} /Root 1 0 R {} >>\nstartxref\n{start}\n%%EOF\n", self.trailer)]);
        file.into_bytes()
    }
}
