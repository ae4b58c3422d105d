using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Search;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>What is found by its words, in lists and over everything.</summary>
public abstract class SearchContract : StoreContract
{
    [Theory]
    [InlineData("ismayil", "c1")]
    [InlineData("ismayıl", "c1")]
    [InlineData("İSMAYIL", "c1")]
    [InlineData("jose", "c2")]
    [InlineData("+994 50 123-45-67", "c1")]
    [InlineData("00994501234567", "c1")]
    [InlineData("(050) 123 45 67", "c1")]
    [InlineData("4567", "c1")]
    [InlineData("ismay EXAMPLE", "c1")]
    [InlineData("mammad jose")]
    public async Task Customers_are_found_however_their_names_and_numbers_are_written(string text, params string[] expected)
    {
        Commit(
            new PutCustomer(
                Samples.Customer("c1", "İsmayıl Məmmədov", new Identity("phone", "+994501234567"), new Identity("email", "i@example.com"))
            ),
            new PutCustomer(Samples.Customer("c2", "José"))
        );

        Assert.Equal(expected, await CustomerIds(text));
        Assert.Equal(expected, (await Find(SearchKind.Customers, text)).Select(hit => hit.Id));
    }

    [Fact]
    public async Task What_is_renamed_is_found_by_its_new_name_only_and_what_is_deleted_by_none()
    {
        Commit(new PutDevice(Samples.Device("d1", name: "Kitchen")), new PutDevice(Samples.Device("D1", name: "Kitchen too")));
        Commit(new PutDevice(Samples.Device("d1", name: "Cellar")));

        Assert.Equal(["D1"], await DeviceIds("kitchen"));
        Assert.Equal(["d1"], await DeviceIds("cell"));

        Commit(new DeleteDevice("d1"));

        Assert.Empty(await DeviceIds("cellar"));
        Assert.Equal(["D1"], (await Find(SearchKind.Devices, "d1")).Select(hit => hit.Id));
    }

    [Fact]
    public async Task A_word_that_most_rows_say_is_found_page_by_page_in_the_lists_order()
    {
        Commit(
            Enumerable.Range(0, 600).Select(i => new PutDevice(Samples.Device($"d{i:000}", name: i % 3 == 0 ? "Hall washer" : "Washer")))
        );

        Assert.Equal(600, (await DeviceIds("wash")).Count());
        Assert.Equal(200, (await DeviceIds("wash hall")).Count());
        Assert.Equal(["d599"], await DeviceIds("599 wash"));
        Assert.Equal(["d597"], await DeviceIds("hall d597"));
    }

    [Fact]
    public async Task A_person_who_was_merged_is_found_by_all_of_their_names_until_they_are_parted()
    {
        Commit(
            new PutCustomer(Samples.Customer("c1", "Leyla Quliyeva")),
            new PutCustomer(Samples.Customer("c2", "Visitor", new Identity("phone", "+994501234567"))),
            new PutCase(Samples.Case("k1", 1, "c1")),
            new PutCase(Samples.Case("k2", 2, "c2"))
        );
        Commit(new PutMerge(Samples.Merge("c2", "c1")));

        Assert.Equal(["c1"], await CustomerIds("1234567"));
        Assert.Equal(["c1"], (await Find(SearchKind.Customers, "visitor")).Select(hit => hit.Id));
        Assert.Equal(["k2", "k1"], await CaseIds("1234567"));
        Assert.Equal(["k2", "k1"], await CaseIds("leyla"));

        Commit(new RemoveMerge("c2"));

        Assert.Equal(["c2"], await CustomerIds("1234567"));
        Assert.Equal(["k2"], await CaseIds("1234567"));
    }

    [Fact]
    public async Task A_timeline_is_restricted_to_entries_that_say_every_word_with_all_other_filters_and_pages()
    {
        Commit(
            Entry("e1", "c1", "Bought the filter", "at Nizami on 3 May", 1),
            Entry("e2", "c1", "Bought a filter", "elsewhere", 2),
            Entry("e3", "c2", "Bought the filter", "at Nizami", 3),
            Entry("e4", "c1", "Filters at nizami", null, 4)
        );

        Assert.Equal(["e4", "e1"], await EntryIds(new TimelineFilter("c1", Text: "filter NİZAMİ")));
        Assert.Equal(["e4", "e2", "e1"], await EntryIds(new TimelineFilter("c1", Text: "fil")));
        Assert.Empty(await EntryIds(new TimelineFilter("c1", Text: "ilter")));
        Assert.Equal(["e4", "e2", "e1"], await EntryIds(new TimelineFilter("c1", Text: " - ")));
    }

    [Fact]
    public async Task Entries_and_messages_are_found_apart_whole_words_first_then_the_latest()
    {
        Commit(
            Entry("e1", "c1", "Visit", "filters", 9),
            Entry("e2", "c1", "Visit", "the filter", 1),
            Entry("e3", "c2", "Visit", "the filter", 2),
            Entry("m1", "c1", "Wrote", "a filter please", 3, TimelineKind.MessageReceived)
        );

        IReadOnlyList<SearchHit> entries = await Find(SearchKind.Timeline, "filter");
        SearchHit message = Assert.Single(await Find(SearchKind.Messages, "filter"));

        Assert.Equal(["e3", "e2", "e1"], entries.Select(hit => hit.Id));
        Assert.Equal(("m1", "c1", "a filter please"), (message.Id, message.CustomerId, message.Snippet.Text));
        Assert.Equal([new SearchRange(2, 6)], message.Snippet.Ranges);
        SearchFinds first = await Store.Search.FindAsync(SearchKind.Timeline, SearchQuery.Of("filter"), 2, Cancel);
        Assert.Equal((2, true), (first.Items.Count, first.More));
    }

    [Fact]
    public async Task Each_kind_is_found_with_what_it_belongs_to()
    {
        Commit(
            new PutCustomer(Samples.Customer("c1", "Leyla")),
            new PutDevice(Samples.Device("press-7", customerId: "c1", name: "Hall press")),
            new PutCase(Samples.Case("k1", 17, "c1", "press-7", title: "Press is loud")),
            new PutConversation(Samples.Conversation("t1", "c1"))
        );

        Assert.Equal(("press-7", "Hall press"), (await Find(SearchKind.Devices, "hall")).Select(hit => (hit.Id, hit.Title)).Single());
        Assert.Equal("k1", (await Find(SearchKind.Cases, "17")).Single().CaseId);
        Assert.Equal("t1", (await Find(SearchKind.Conversations, "leyla")).Single().ConversationId);
        Assert.Empty(await Find(SearchKind.Cases, ""));
    }

    [Fact]
    public async Task Conversations_are_found_by_what_was_said_in_them_and_by_their_numbers()
    {
        TimelineEntry said = Samples.Entry("m1", "c1", 3, TimelineKind.MessageReceived) with { Text = "The drum is loud" };
        Commit(
            new PutConversation(Samples.Conversation("t1", "c1") with { Number = 17 }),
            new PutConversation(Samples.Conversation("t2", "c2") with { Number = 18 }),
            new AppendTimeline(said with { Refs = new TimelineRefs { ConversationId = "t1" } }),
            Entry("m2", "c2", "Wrote", "A drum of no conversation", 4, TimelineKind.MessageReceived),
            Entry("e1", "c2", "Noted", "The drum is new", 5)
        );

        SearchHit found = Assert.Single(await Find(SearchKind.Conversations, "drum lou"));

        Assert.Equal(("t1", "c1", "The drum is loud"), (found.Id, found.CustomerId, found.Snippet.Text));
        Assert.Equal([new SearchRange(4, 4), new SearchRange(12, 3)], found.Snippet.Ranges);
        Assert.Equal(["t1"], (await Find(SearchKind.Conversations, "drum")).Select(hit => hit.Id));
        Assert.Equal(["t2"], (await Find(SearchKind.Conversations, "#18")).Select(hit => hit.Id));
        Assert.Empty(await Find(SearchKind.Conversations, "18 drum"));
    }

    [Fact]
    public async Task Of_many_cases_the_newest_are_found()
    {
        Commit(Enumerable.Range(1, 120).Select(i => new PutCase(Samples.Case($"k{i:000}", i, title: i % 2 == 0 ? "Press" : "Presses"))));

        IReadOnlyList<SearchHit> whole = await Find(SearchKind.Cases, "press");
        IReadOnlyList<SearchHit> part = await Find(SearchKind.Cases, "pres");

        Assert.Contains("k120", whole.Select(hit => hit.Id));
        Assert.DoesNotContain("k002", whole.Select(hit => hit.Id));
        Assert.Equal(Enumerable.Range(71, 50).Select(i => $"k{i:000}"), part.Select(hit => hit.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_letter_finds_itself_in_timelines_not_all_that_begins_with_it()
    {
        Commit(Entry("e1", "c1", "Visit", "a filter", 1), Entry("e2", "c1", "Visit", "an apple", 2));

        Assert.Equal(["e1"], (await Find(SearchKind.Timeline, "a")).Select(hit => hit.Id));
        Assert.Empty(await Find(SearchKind.Timeline, "f"));
        Assert.Equal(["e1"], (await Find(SearchKind.Timeline, "a fi")).Select(hit => hit.Id));
    }

    [Fact]
    public async Task Words_without_end_of_letters_beyond_the_common_ones_are_kept_and_found()
    {
        string endless = "a" + string.Concat(Enumerable.Repeat("𐐨", 40));

        Commit(new PutDevice(Samples.Device("d1", name: endless)), Entry("e1", "c1", "Visit", endless, 1));

        Assert.Equal(["d1"], await DeviceIds("𐐨𐐨"));
        Assert.Equal(["d1"], (await Find(SearchKind.Devices, endless)).Select(hit => hit.Id));
        Assert.Equal(["e1"], (await Find(SearchKind.Timeline, "a𐐨")).Select(hit => hit.Id));
    }

    [Fact]
    public async Task There_are_no_articles_yet()
    {
        Commit(new PutDevice(Samples.Device("d1", name: "Kitchen")));

        Assert.Empty(await Find(SearchKind.Articles, "kitchen"));
    }

    [Fact]
    public async Task Nothing_of_an_erased_person_is_found()
    {
        Commit(
            new PutCustomer(Samples.Customer("c1", "Leyla Quliyeva")),
            Entry("e1", "c1", "Leyla came", null, 1),
            Entry("e2", "c2", "Leyla left", null, 2)
        );
        Commit(new EraseCustomer("c1"));

        Assert.Empty(await CustomerIds("leyla"));
        Assert.Empty(await Find(SearchKind.Customers, "leyla"));
        Assert.Equal(["e2"], (await Find(SearchKind.Timeline, "leyla")).Select(hit => hit.Id));
    }

    [Fact]
    public async Task What_was_written_is_found_after_a_restart()
    {
        Commit(new PutDevice(Samples.Device("d1", name: "Kitchen")), Entry("e1", "c1", "Visit", "filter", 1));

        Store.Reopen();

        Assert.Equal(["d1"], await DeviceIds("kitch"));
        Assert.Single(await Find(SearchKind.Timeline, "filter"));
    }

    private static AppendTimeline Entry(string id, string customer, string title, string? text, double at, string? kind = null)
    {
        TimelineEntry entry = Samples.Entry(id, customer, at);
        return new AppendTimeline(entry with { Title = title, Text = text, Kind = kind ?? TimelineKind.VisitEntered });
    }

    private async Task<IReadOnlyList<SearchHit>> Find(SearchKind kind, string text) =>
        (await Store.Search.FindAsync(kind, SearchQuery.Of(text), 50, Cancel)).Items;

    private async Task<IEnumerable<string>> DeviceIds(string text) =>
        (await AllPages(page => Store.Devices.ListAsync(new DeviceFilter(Text: text), page, Cancel), 50)).Select(device => device.Id);

    private async Task<IEnumerable<string>> CustomerIds(string text) =>
        (await AllPages(page => Store.Customers.ListAsync(text, page, Cancel), 1)).Select(customer => customer.Id);

    private async Task<IEnumerable<string>> CaseIds(string text) =>
        (await AllPages(page => Store.Cases.ListAsync(new CaseFilter { Text = text }, page, Cancel), 1)).Select(found => found.Id);

    private async Task<IEnumerable<string>> EntryIds(TimelineFilter filter) =>
        (await AllPages(page => Store.Timeline.ListAsync(filter, page, Cancel), 1)).Select(entry => entry.Id);
}
