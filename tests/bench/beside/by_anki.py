"""Syncs new notes to Anki's sync server and says how long that took.

Usage: by_anki.py URL COLLECTION NOTES, where NOTES is a JSON list of pairs of fields.
"""

import json
import os
import sys
import time

from anki.collection import AddNoteRequest, Collection


def open_joined(path, url, upload):
    """A collection that has met the server, from where it syncs by differences."""
    collection = Collection(path)
    account = collection.sync_login("window", "window", url + "/")
    collection.sync_collection(account, False)
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=account, server_usn=None, upload=upload)
    collection.reopen(after_full_sync=True)
    return collection, account


def main():
    url, path, notes = sys.argv[1:]
    with open(notes, encoding="utf-8") as file:
        fields = json.load(file)
    collection, account = open_joined(path, url, upload=True)
    kind = collection.models.by_name("Basic")
    deck = collection.decks.id("Default")
    requests = []
    for front, back in fields:
        note = collection.new_note(kind)
        note["Front"], note["Back"] = front, back
        requests.append(AddNoteRequest(note, deck))
    collection.add_notes(requests)

    begun = time.perf_counter()
    collection.sync_collection(account, False)
    seconds = time.perf_counter() - begun

    # What another device is given is what arrived.
    other, _ = open_joined(path + ".other" + os.extsep + "anki2", url, upload=False)
    print(json.dumps({"seconds": seconds, "notes": other.note_count(), "cards": other.card_count()}))


if __name__ == "__main__":
    main()
