//! Sealed documents, a file each, beside the keys and apart from them.
//!
//! A document is too long for a record of the log, and is kept here under its id. What is
//! here is noise without the key of whoever it is about: erasing a child needs nothing from
//! this place. A file is whole and durable before anything speaks of it; one that a crash
//! left unspoken of is removed by whoever compares [`Documents::all`] with the log.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    Ciphertext, KeyId, Sealed, Subject,
    disk::{self, DiskFile},
    error::Error,
};

const EXTENSION: &str = "sealed";
const KEY_ID_BYTES: usize = 16;

/// A directory of sealed documents. Cheap to clone; the clones are one place.
#[derive(Clone, Debug)]
pub struct Documents {
    dir: Arc<Path>,
}

impl Documents {
    /// Opens the directory, or makes a private one, and removes what a crash left half written.
    /// Blocks while it looks.
    pub fn open_dir(dir: &Path) -> Result<Self, Error> {
        disk::create_private_directory(dir).map_err(Error::io("create", dir))?;
        let documents = Self { dir: dir.into() };
        for path in documents.files()? {
            if path.extension().is_some_and(|extension| extension == "new") {
                fs::remove_file(&path).map_err(Error::io("remove", &path))?;
            }
        }
        Ok(documents)
    }

    /// Keeps a sealed document under its id. On disk when it returns, which is the SHA-256 of
    /// the file in lower-case hexadecimal.
    pub async fn keep(&self, id: Uuid, sealed: &Sealed) -> Result<String, Error> {
        let mut bytes = Vec::with_capacity(KEY_ID_BYTES + sealed.ciphertext.as_bytes().len());
        bytes.extend_from_slice(sealed.key.as_uuid().as_bytes());
        bytes.extend_from_slice(sealed.ciphertext.as_bytes());
        let path = self.path(id);
        off_thread(move || {
            DiskFile::create(&path, &bytes).map_err(Error::io("write", &path))?;
            Ok(hexadecimal(&Sha256::digest(&bytes)))
        })
        .await
    }

    /// A document as it was kept; `None` when it is not here.
    pub async fn fetch(&self, id: Uuid, subject: Subject) -> Result<Option<Sealed>, Error> {
        let path = self.path(id);
        off_thread(move || match fs::read(&path) {
            Ok(bytes) => Ok(bytes.split_first_chunk::<KEY_ID_BYTES>().map(|(key, rest)| Sealed {
                subject,
                key: KeyId::new(Uuid::from_bytes(*key)),
                ciphertext: Ciphertext::from(rest.to_vec()),
            })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("read", &path)(error)),
        })
        .await
    }

    /// Removes a document. One that is not here is gone already.
    pub async fn remove(&self, id: Uuid) -> Result<(), Error> {
        let path = self.path(id);
        off_thread(move || match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::io("remove", &path)(error))
            }
            Ok(()) | Err(_) => Ok(()),
        })
        .await
    }

    /// The ids of all documents here. Blocks while it looks.
    pub fn all(&self) -> Result<Vec<Uuid>, Error> {
        let sealed = |path: &PathBuf| path.extension().is_some_and(|it| it == EXTENSION);
        let id = |path: &PathBuf| path.file_stem()?.to_str()?.parse().ok();
        Ok(self.files()?.iter().filter(|path| sealed(path)).filter_map(id).collect())
    }

    fn files(&self) -> Result<Vec<PathBuf>, Error> {
        let read = || -> io::Result<Vec<PathBuf>> {
            fs::read_dir(&self.dir)?.map(|entry| Ok(entry?.path())).collect()
        };
        read().map_err(Error::io("look into", &self.dir))
    }

    /// An id is never a path.
    fn path(&self, id: Uuid) -> PathBuf {
        self.dir.join(id.to_string()).with_extension(EXTENSION)
    }
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Stopped)?
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed() -> Sealed {
        Sealed {
            subject: Subject::new(Uuid::from_u128(7)),
            key: KeyId::new(Uuid::from_u128(8)),
            ciphertext: Ciphertext::from(vec![1, 2, 3]),
        }
    }

    #[tokio::test]
    async fn a_document_is_kept_fetched_and_removed() {
        let dir = tempfile::tempdir().unwrap();
        let documents = Documents::open_dir(&dir.path().join("documents")).unwrap();
        let (id, subject) = (Uuid::from_u128(1), sealed().subject);
        assert_eq!(documents.fetch(id, subject).await.unwrap(), None);
        assert_eq!(documents.keep(id, &sealed()).await.unwrap().len(), 64);
        assert_eq!(documents.fetch(id, subject).await.unwrap(), Some(sealed()));
        assert_eq!(documents.all().unwrap(), [id]);
        documents.remove(id).await.unwrap();
        documents.remove(id).await.unwrap();
        assert!(documents.all().unwrap().is_empty());
    }

    #[tokio::test]
    async fn what_a_crash_left_half_written_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("half.new"), "half").unwrap();
        let documents = Documents::open_dir(dir.path()).unwrap();
        assert_eq!(documents.files().unwrap(), Vec::<PathBuf>::new());
    }
}
