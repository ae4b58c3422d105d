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
        Commit(new PutDocument(DocumentKind.Model, "m1", """{ "a": 2 }"""u8.ToArray(), ExpectedVersion: 1));

        Document? document = await Store.Documents.FindAsync(DocumentKind.Model, "m1", Cancel);

        Assert.Equal(2, document!.Version);
        Assert.Equal("""{ "a": 2 }"""u8.ToArray(), document.Json);
    }

    [Fact]
    public async Task The_same_id_of_another_kind_is_another_document()
    {
        Commit(new PutDocument(DocumentKind.Site, "x", "1"u8.ToArray()), new PutDocument(DocumentKind.Fence, "x", "2"u8.ToArray()));
        Commit(new DeleteDocument(DocumentKind.Site, "x"));

        Assert.Null(await Store.Documents.FindAsync(DocumentKind.Site, "x", Cancel));
        Assert.NotNull(await Store.Documents.FindAsync(DocumentKind.Fence, "x", Cancel));
    }

    [Fact]
    public void Version_zero_expects_that_there_is_none()
    {
        CommitUnit first = UnitOf(new PutDocument(DocumentKind.Site, "s1", "{}"u8.ToArray(), ExpectedVersion: 0));
        CommitUnit second = UnitOf(new PutDocument(DocumentKind.Site, "s1", "{}"u8.ToArray(), ExpectedVersion: 0));

        Store.Commits.Commit([first]);
        Store.Commits.Commit([second]);

        Assert.Equal(CommitOutcome.Committed, first.Outcome);
        Assert.Equal(CommitOutcome.Conflict, second.Outcome);
    }

    [Fact]
    public void Deleting_what_is_not_there_is_no_conflict_unless_a_version_is_expected()
    {
        Commit(new DeleteDocument(DocumentKind.Site, "none"));
        CommitUnit expecting = UnitOf(new DeleteDocument(DocumentKind.Site, "none", ExpectedVersion: 1));

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

        List<Document> listed = await AllPages(page => Store.Documents.ListAsync(DocumentKind.Fence, page, Cancel), limit);

        Assert.Equal(ids.Order(StringComparer.Ordinal), listed.Select(document => document.Id));
    }

    [Fact]
    public async Task Documents_are_found_by_id_name_or_zone_whatever_the_case_and_by_site()
    {
        Commit(
            new PutDocument(DocumentKind.Fence, "hall", """{"name":"Ərzaq zalı","siteId":"mall"}"""u8.ToArray()),
            new PutDocument(DocumentKind.Fence, "gate", """{"name":"Gate 50%","siteId":"port"}"""u8.ToArray()),
            new PutDocument(DocumentKind.Fence, "yard", """{"zone":"North gate"}"""u8.ToArray()),
            new PutDocument(DocumentKind.Site, "mall", """{"name":"Gate mall"}"""u8.ToArray())
        );

        Assert.Equal(["hall"], await FenceIds(new DocumentFilter("ərzaq")));
        Assert.Equal(["hall"], await FenceIds(new DocumentFilter("HALL")));
        Assert.Equal(["gate", "yard"], await FenceIds(new DocumentFilter("gate")));
        Assert.Equal(["yard", "gate"], await FenceIds(new DocumentFilter("gate") { IsDescending = true }));
        Assert.Equal(["gate"], await FenceIds(new DocumentFilter("50%")));
        Assert.Equal(["hall"], await FenceIds(new DocumentFilter(SiteId: "mall")));
        Assert.Empty(await FenceIds(new DocumentFilter("gate", "mall")));

        Commit(new PutDocument(DocumentKind.Fence, "gate", """{"name":"Exit","siteId":"mall"}"""u8.ToArray()));

        Assert.Equal(["gate"], await FenceIds(new DocumentFilter("exit")));
        Assert.Equal(["gate", "hall"], await FenceIds(new DocumentFilter(SiteId: "mall")));
    }

    [Theory]
    [InlineData(49.0, 40.0, 50.0, 41.0, "circle,square")]
    [InlineData(49.5, 40.5, 50.0, 41.0, "square")]
    [InlineData(49.0, 40.0, 49.2009, 40.2, "circle")]
    [InlineData(10.0, 10.0, 11.0, 11.0, "")]
    [InlineData(170.0, -20.0, -170.0, -10.0, "fiji")]
    [InlineData(-180.0, -90.0, 180.0, 90.0, "circle,fiji,square")]
    public async Task Documents_are_found_by_the_area_that_their_geometry_reaches_into(
        double west,
        double south,
        double east,
        double north,
        string expected
    )
    {
        Commit(
            new PutDocument(
                DocumentKind.Fence,
                "square",
                """
                {"geometry":{"type":"Polygon","coordinates":[[[49.6,40.6],[49.7,40.6],[49.7,40.7],[49.6,40.6]]]},"radiusMeters":null,"siteId":null,"name":null}
                """u8.ToArray()
            ),
            new PutDocument(
                DocumentKind.Fence,
                "circle",
                """{"geometry":{"type":"Point","coordinates":[49.21,40.1]},"radiusMeters":1000}"""u8.ToArray()
            ),
            new PutDocument(
                DocumentKind.Fence,
                "fiji",
                """
                {"geometry":{"type":"MultiPolygon","coordinates":[[[[178,-17],[179,-17],[179,-16],[178,-17]]]]}}
                """u8.ToArray()
            ),
            new PutDocument(DocumentKind.Fence, "nowhere", "{}"u8.ToArray())
        );

        Assert.Equal(
            expected.Split(',', StringSplitOptions.RemoveEmptyEntries),
            await FenceIds(new DocumentFilter(Area: new Area(west, south, east, north)))
        );
    }

    [Fact]
    public async Task Names_come_by_id_and_what_has_none_is_missing()
    {
        Commit(
            new PutDocument(DocumentKind.Site, "mall", """{"name":"Mall"}"""u8.ToArray()),
            new PutDocument(DocumentKind.Fence, "gate", """{"name":"Gate"}"""u8.ToArray()),
            new PutDocument(DocumentKind.Site, "bare", "{}"u8.ToArray()),
            new PutCustomer(Samples.Customer("c1", "Leyla")),
            new PutCustomer(Samples.Customer("c2", "Other")),
            new PutCustomer(Samples.Customer("c3", null)),
            new PutDevice(Samples.Device("d1", name: "Press")),
            new PutDevice(Samples.Device("d2"))
        );
        Commit(new PutMerge(Samples.Merge("c2", "c1")));

        Assert.Equal(
            new Dictionary<string, string> { ["mall"] = "Mall" },
            await Store.Documents.NamesAsync(DocumentKind.Site, ["mall", "bare", "gate"], Cancel)
        );
        Assert.Equal(
            new Dictionary<string, string> { ["c1"] = "Leyla", ["c2"] = "Leyla" },
            await Store.Customers.NamesAsync(["c1", "c2", "c3", "c4"], Cancel)
        );
        Assert.Equal("Press", (await Store.Devices.NamesAsync(["d1", "d2", "d9"], Cancel)).Single().Value);
        Assert.Empty(await Store.Devices.NamesAsync([], Cancel));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("%%%")]
    [InlineData("")]
    public async Task A_cursor_that_no_list_gave_is_refused(string cursor) =>
        await Assert.ThrowsAsync<FormatException>(async () =>
            await Store.Documents.ListAsync(DocumentKind.Fence, new PageRequest(cursor), Cancel)
        );

    private async Task<IEnumerable<string>> FenceIds(DocumentFilter filter) =>
        (await AllPages(page => Store.Documents.ListAsync(DocumentKind.Fence, page, Cancel, filter), 2)).Select(document => document.Id);
}
