using System.Text;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Sqlite.Tests;

/// <summary>What is erased is gone from the disk, not only from answers.</summary>
public sealed class ErasedFilesTests : SqliteStoreTest
{
    [Fact]
    public async Task What_was_erased_stands_in_no_file()
    {
        using SqliteStore store = Open();
        string secret = "Zyxwvut-" + new string('q', 100);
        for (int i = 0; i < 300; i++)
        {
            // Rows grow and shrink, so that pages split, overflow and become free.
            string padding = secret + new string('x', i % 7 * 900);
            Commit(
                store,
                new PutCustomer(Samples.Customer("c1", padding, new Identity("email", secret + i))),
                new SaveGrain(EntityId.Customer("c1"), Encoding.UTF8.GetBytes(padding), null, null, i),
                new AppendTimeline(Samples.Entry($"e{i}", i % 3 == 0 ? "c1" : "c2") with { Text = i % 3 == 0 ? padding : "another" }),
                new PutConversation(Samples.Conversation("t1") with { Subject = padding })
            );
        }
        Assert.NotEmpty(FilesWith(secret));

        Commit(store, new EraseCustomer("c1"));

        await Awaited.Seen(() => Task.FromResult(FilesWith(secret).Count == 0 ? "nothing" : null), "files without the erased customer");
        Assert.Equal(
            200,
            (await store.Timeline.ListAsync(new TimelineFilter("c2"), new PageRequest(null, 500), TestContext.Current.CancellationToken))
                .Items
                .Count
        );
    }

    [Fact]
    public async Task What_moved_from_page_to_page_before_it_was_erased_stands_in_no_file()
    {
        using SqliteStore store = Open();
        string secret = "Zyxwvut-" + new string('q', 20);
        for (int commit = 0; commit < 300; commit++)
        {
            CommitUnit unit = new();
            for (int i = commit * 4; i < commit * 4 + 4; i++)
            {
                // Rows of many sizes come between others, so that pages are split in the middle.
                TimelineEntry entry = Samples.Entry($"e{i * 7919 % 1200:D4}", i % 2 == 0 ? "c1" : "c2", at: i * 7919 % 1200);
                unit.Effects.Add(
                    new AppendTimeline(entry with { Text = (i % 2 == 0 ? secret : "another") + new string('x', i * 37 % 900) })
                );
            }
            store.Commits.Commit([unit]);
        }

        Commit(store, new EraseCustomer("c1"));

        await Awaited.Seen(() => Task.FromResult(FilesWith(secret).Count == 0 ? "nothing" : null), "files without the erased customer");
    }

    private IReadOnlyList<string> FilesWith(string text) => new FilesOfStore(Root).With(text, "zyxwvut");
}
