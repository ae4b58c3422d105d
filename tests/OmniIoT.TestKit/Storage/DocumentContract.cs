using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>Documents that no grain owns.</summary>
public abstract class DocumentContract : StoreContract
{
    [Fact]
    public async Task A_document_comes_back_as_written_and_its_version_counts_up()
    {
        Commit(new PutDocument(DocumentKind.Model, "m1", """{"a":1}"""u8.ToArray()));
        Commit(
            new PutDocument(
                DocumentKind.Model,
                "m1",
                """{ "a": 2 }"""u8.ToArray(),
                ExpectedVersion: 1
            )
        );

        Document? document = await Store.Documents.FindAsync(DocumentKind.Model, "m1", Cancel);

        Assert.Equal(2, document!.Version);
        Assert.Equal("""{ "a": 2 }"""u8.ToArray(), document.Json);
    }

    [Fact]
    public async Task The_same_id_of_another_kind_is_another_document()
    {
        Commit(
            new PutDocument(DocumentKind.Site, "x", "1"u8.ToArray()),
            new PutDocument(DocumentKind.Fence, "x", "2"u8.ToArray())
        );
        Commit(new DeleteDocument(DocumentKind.Site, "x"));

        Assert.Null(await Store.Documents.FindAsync(DocumentKind.Site, "x", Cancel));
        Assert.NotNull(await Store.Documents.FindAsync(DocumentKind.Fence, "x", Cancel));
    }

    [Fact]
    public void Version_zero_expects_that_there_is_none()
    {
        CommitUnit first = UnitOf(
            new PutDocument(DocumentKind.Site, "s1", "{}"u8.ToArray(), ExpectedVersion: 0)
        );
        CommitUnit second = UnitOf(
            new PutDocument(DocumentKind.Site, "s1", "{}"u8.ToArray(), ExpectedVersion: 0)
        );

        Store.Commits.Commit([first]);
        Store.Commits.Commit([second]);

        Assert.Equal(CommitOutcome.Committed, first.Outcome);
        Assert.Equal(CommitOutcome.Conflict, second.Outcome);
    }

    [Fact]
    public void Deleting_what_is_not_there_is_no_conflict_unless_a_version_is_expected()
    {
        Commit(new DeleteDocument(DocumentKind.Site, "none"));
        CommitUnit expecting = UnitOf(
            new DeleteDocument(DocumentKind.Site, "none", ExpectedVersion: 1)
        );

        Store.Commits.Commit([expecting]);

        Assert.Equal(CommitOutcome.Conflict, expecting.Outcome);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    public async Task Documents_are_listed_by_id_page_by_page(int limit)
    {
        string[] ids = ["b", "a", "g", "c:1", "c", "F", "e"];
        Commit(ids.Select(id => new PutDocument(DocumentKind.Fence, id, "{}"u8.ToArray())));
        Commit(new PutDocument(DocumentKind.Site, "other", "{}"u8.ToArray()));

        List<Document> listed = await AllPages(
            page => Store.Documents.ListAsync(DocumentKind.Fence, page, Cancel),
            limit
        );

        Assert.Equal(ids.Order(StringComparer.Ordinal), listed.Select(document => document.Id));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("%%%")]
    [InlineData("")]
    public async Task A_cursor_that_no_list_gave_is_refused(string cursor) =>
        await Assert.ThrowsAsync<FormatException>(async () =>
            await Store.Documents.ListAsync(DocumentKind.Fence, new PageRequest(cursor), Cancel)
        );
}
