using System.Globalization;
using System.Text.Json;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>The trail: nothing in it can be changed, left out or moved without its being noticed.</summary>
public abstract class AuditContract : StoreContract
{
    private static readonly Origin Ann = new("agent:ann", "192.0.2.7");

    [Fact]
    public async Task A_change_and_its_entry_are_one_commit_with_what_was_before_and_after()
    {
        Put("s1", """{"name":"Old"}""");
        Put("s1", """{"name":"New"}""");

        IReadOnlyList<AuditEntry> entries = await EntriesAsync();

        Assert.Equal(2, entries.Count);
        Assert.Equal("New", entries[0].After!.Value.GetProperty("name").GetString());
        Assert.Equal("Old", entries[0].Before!.Value.GetProperty("name").GetString());
        Assert.Null(entries[1].Before);
        Assert.Equal(("agent:ann", "192.0.2.7", "site.changed", "site:s1", "ok"), Facts(entries[0]));
        Assert.Equal(entries[1].Hash, entries[0].Previous);
        Assert.Equal(new string('0', 64), entries[1].Previous);
    }

    [Fact]
    public async Task Two_changes_of_the_same_in_one_commit_follow_one_another()
    {
        CommitUnit first = Change("s1", """{"name":"A"}""");
        CommitUnit second = Change("s1", """{"name":"B"}""");

        Store.Commits.Commit([first, second]);

        IReadOnlyList<AuditEntry> entries = await EntriesAsync();
        Assert.Equal("A", entries.Single(entry => entry.Before is not null).Before!.Value.GetProperty("name").GetString());
        await AssertWholeAsync(2);
    }

    [Fact]
    public async Task What_is_refused_or_changes_nothing_leaves_no_entry()
    {
        Put("s1", "{}");
        CommitUnit stale = Change("s1", """{"name":"Late"}""", expectedVersion: 7);

        Store.Commits.Commit([stale, Change("s1", "{}")]);

        Assert.Equal(CommitOutcome.Conflict, stale.Outcome);
        Assert.Single(await EntriesAsync());
        await AssertWholeAsync(1);
    }

    [Fact]
    public async Task A_deletion_stands_with_what_was_there()
    {
        Put("s1", """{"name":"Old"}""");
        Commit(new DeleteDocument(DocumentKind.Site, "s1"), Draft("site.deleted", "site:s1") with { IsChange = true });

        AuditEntry deleted = (await EntriesAsync())[0];

        Assert.Equal("Old", deleted.Before!.Value.GetProperty("name").GetString());
        Assert.Null(deleted.After);
    }

    [Fact]
    public async Task Secrets_are_cut_and_that_they_changed_is_said()
    {
        PutAgent("""{"id":"ann","passwordHash":"hush-1","nested":[{"accessToken":"hush-2"}]}""");
        PutAgent("""{"id":"ann","passwordHash":"hush-3","nested":[{"accessToken":"hush-2"}]}""");

        AuditEntry entry = (await EntriesAsync())[0];

        Assert.DoesNotContain("hush", JsonSerializer.Serialize(entry), StringComparison.Ordinal);
        Assert.True(entry.After!.Value.GetProperty("passwordHash").GetProperty("changed").GetBoolean());
        Assert.Equal("""{"set":true}""", entry.After.Value.GetProperty("nested")[0].GetProperty("accessToken").GetRawText());
    }

    [Fact]
    public async Task A_value_that_is_very_long_stands_by_its_length()
    {
        Put("s1", $$"""{"name":"{{new string('x', AuditChain.MaximumValueBytes)}}"}""");

        Assert.InRange((await EntriesAsync())[0].After!.Value.GetProperty("length").GetInt32(), AuditChain.MaximumValueBytes, int.MaxValue);
    }

    [Fact]
    public async Task Entries_are_found_by_actor_subject_action_and_time_page_by_page_and_counted()
    {
        for (int i = 0; i < 7; i++)
            Write($"session.{(i % 2 == 0 ? "created" : "refused")}", "agent:ann", at: i);
        Write("session.created", "agent:bob", at: 7, origin: new Origin("agent:bob", null));

        Assert.Equal([7], await FoundAsync(new AuditFilter(Actors: ["agent:bob"])));
        Assert.Equal([7, 6, 4, 2, 0], await FoundAsync(new AuditFilter(Actions: ["session.created"])));
        Assert.Equal([6, 5, 4, 3, 2, 1, 0], await FoundAsync(new AuditFilter(Subjects: ["agent:ann", "agent:eve"])));
        Assert.Equal([4, 3], await FoundAsync(new AuditFilter(From: Samples.At(3), To: Samples.At(5))));
        Page<AuditEntry> counted = await Store.Audit.ListAsync(
            new AuditFilter(Actors: ["agent:ann"]),
            new PageRequest(null, 2, true),
            Cancel
        );
        Assert.Equal((2, 7), (counted.Items.Count, counted.Total!.Value));
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'agent:eve' WHERE sequence = 3")]
    [InlineData("UPDATE audit SET at = at + 1 WHERE sequence = 3")]
    [InlineData("UPDATE audit SET after_value = hash WHERE sequence = 3")]
    [InlineData("UPDATE audit SET before_digest = hash WHERE sequence = 3")]
    [InlineData("UPDATE audit SET address_value = before_value WHERE sequence = 3")]
    [InlineData("UPDATE audit SET hash = previous WHERE sequence = 3")]
    [InlineData("UPDATE audit SET previous = hash WHERE sequence = 3")]
    public async Task A_changed_entry_is_the_place_that_is_named(string forgery)
    {
        Fill();

        Store.Forge(forgery);

        Assert.Equal(IdOf(3), (await Store.AuditTrail.VerifyAsync(Cancel)).Fault!.Id);
    }

    [Fact]
    public async Task A_deleted_entry_is_missed_by_the_one_behind_it()
    {
        Fill();

        Store.Forge("DELETE FROM audit WHERE sequence = 3");

        Assert.Equal(IdOf(4), (await Store.AuditTrail.VerifyAsync(Cancel)).Fault!.Id);
    }

    [Fact]
    public async Task Entries_that_changed_places_are_noticed_at_the_first()
    {
        Fill();

        Store.Forge(
            """
            UPDATE audit SET sequence = -1 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 3;
            UPDATE audit SET sequence = 3 WHERE sequence = -1
            """
        );

        Assert.Equal(IdOf(3), (await Store.AuditTrail.VerifyAsync(Cancel)).Fault!.Id);
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_missed_by_the_head()
    {
        Fill();

        Store.Forge("DELETE FROM audit WHERE sequence > 3");

        ChainFault fault = (await Store.AuditTrail.VerifyAsync(Cancel)).Fault!;
        Assert.Equal((IdOf(3), "2 entries after it are missing"), (fault.Id, fault.Reason));
    }

    [Fact]
    public async Task Values_that_are_missing_of_somebody_who_was_not_erased_are_noticed()
    {
        Fill();

        Store.Forge("UPDATE audit SET after_value = NULL WHERE sequence = 3");

        Assert.Equal(IdOf(3), (await Store.AuditTrail.VerifyAsync(Cancel)).Fault!.Id);
    }

    [Fact]
    public async Task A_whole_trail_is_whole_after_a_restart_as_well_and_an_empty_one_too()
    {
        await AssertWholeAsync(0);
        Fill();
        Store.Reopen();
        Write("session.created", "agent:ann", at: 9);

        await AssertWholeAsync(6);
    }

    [Fact]
    public async Task An_erased_persons_values_and_addresses_are_cut_and_the_chain_still_holds()
    {
        Customer leyla = Samples.Customer("c1", "Leyla Unmistakable");
        Commit(new PutCustomer(leyla), Changed("customer", "c1", Json(leyla)));
        Commit(
            new PutDevice(Samples.Device("d1") with { CustomerId = "c1", Name = "Leyla's unmistakable washer" }),
            Changed("device", "d1", """{"id":"d1","customerId":"c1","name":"Leyla's unmistakable washer"}""")
        );
        Commit(
            new PutDevice(Samples.Device("d1") with { CustomerId = null, Name = null }),
            Changed("device", "d1", """{"id":"d1","customerId":null}""")
        );
        Write("token.created", "customer:c1", at: 1, origin: new Origin("customer:c1", "198.51.100.9"));
        Put("s1", """{"name":"Stays"}""");

        Commit(new EraseCustomer("c1"), Draft(AuditActions.CustomerErased, "customer:c1"));

        string all = JsonSerializer.Serialize(await EntriesAsync());
        Assert.DoesNotContain("nmistakable", all, StringComparison.Ordinal);
        Assert.DoesNotContain("198.51.100.9", all, StringComparison.Ordinal);
        Assert.Contains("Stays", all, StringComparison.Ordinal);
        Assert.Contains("192.0.2.7", all, StringComparison.Ordinal);
        await AssertWholeAsync(6);
    }

    private static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:D32}");

    private static (string, string?, string, string, string) Facts(AuditEntry entry) =>
        (entry.Actor, entry.Address, entry.Action, entry.Subject, entry.Outcome);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Domain.OmniJson.Options);

    private int _count;

    private AuditDraft Draft(string action, string subject, double at = 0, Origin? origin = null) =>
        new()
        {
            Id = IdOf(++_count),
            At = Samples.At(at),
            Origin = origin ?? Ann,
            Action = action,
            Subject = subject,
        };

    private AuditDraft Changed(string kind, string id, string after) =>
        Draft(kind + ".changed", $"{kind}:{id}") with
        {
            After = System.Text.Encoding.UTF8.GetBytes(after),
            IsChange = true,
        };

    private void Commit(Effect effect, AuditDraft draft)
    {
        CommitUnit unit = UnitOf(effect, new RecordAudit(draft));
        unit.Origin = draft.Origin;
        Store.Commits.Commit([unit]);
        Assert.Equal(CommitOutcome.Committed, unit.Outcome);
    }

    private void Write(string action, string subject, double at, Origin? origin = null)
    {
        AuditDraft draft = Draft(action, subject, at, origin);
        CommitUnit unit = UnitOf(new RecordAudit(draft));
        unit.Origin = draft.Origin;
        Store.Commits.Commit([unit]);
    }

    private CommitUnit Change(string site, string json, int? expectedVersion = null)
    {
        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(json);
        CommitUnit unit = UnitOf(
            new PutDocument(DocumentKind.Site, site, utf8, expectedVersion),
            new RecordAudit(Changed("site", site, json))
        );
        unit.Origin = Ann;
        return unit;
    }

    private void Put(string site, string json) => Store.Commits.Commit([Change(site, json)]);

    private void PutAgent(string json) =>
        Commit(new PutDocument(DocumentKind.Agent, "ann", System.Text.Encoding.UTF8.GetBytes(json)), Changed("agent", "ann", json));

    /// <summary>Five entries, the third with values of all kinds.</summary>
    private void Fill()
    {
        Write("session.created", "agent:ann", at: 1);
        Put("s1", """{"name":"Old"}""");
        Put("s1", """{"name":"New"}""");
        Write("session.refused", "agent:ann", at: 2);
        Put("s2", "{}");
    }

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync() =>
        [.. (await Store.Audit.ListAsync(new AuditFilter(), new PageRequest(null, PageRequest.MaximumLimit), Cancel)).Items];

    private async Task<IEnumerable<int>> FoundAsync(AuditFilter filter)
    {
        List<AuditEntry> found = await AllPages(page => Store.Audit.ListAsync(filter, page, Cancel), limit: 2);
        return found.Select(entry => (int)(entry.At - Samples.Start).TotalSeconds);
    }

    private async Task AssertWholeAsync(long entries)
    {
        AuditVerdict verdict = await Store.AuditTrail.VerifyAsync(Cancel);
        Assert.Null(verdict.Fault);
        Assert.Equal(entries, verdict.Last.Sequence);
    }
}
