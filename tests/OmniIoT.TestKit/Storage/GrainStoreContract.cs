using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.State;
using OmniIoT.Ports.Telemetry;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>Snapshots, due times, letters, staged telemetry and credentials.</summary>
public abstract class GrainStoreContract : StoreContract
{
    [Fact]
    public async Task A_grain_that_never_was_saved_has_no_snapshot() =>
        Assert.Null(await Store.Grains.LoadAsync(EntityId.Device("d1"), Cancel));

    [Fact]
    public async Task The_last_saved_snapshot_is_loaded()
    {
        byte[] state = Samples.Bytes(70_000, seed: 2);
        Commit(new SaveGrain(EntityId.Device("d1"), Samples.Bytes(10, seed: 1), null, null, 0));
        Commit(
            new SaveGrain(EntityId.Device("d1"), state, null, null, 1),
            new SaveGrain(EntityId.Customer("d1"), Array.Empty<byte>(), null, null, 0)
        );

        Snapshot device = (await Store.Grains.LoadAsync(EntityId.Device("d1"), Cancel))!;
        Assert.Equal(state, device.State);
        Assert.Equal((null, 2), (device.Facts, device.Version));
        Snapshot customer = (await Store.Grains.LoadAsync(EntityId.Customer("d1"), Cancel))!;
        Assert.Equal(Array.Empty<byte>(), customer.State);
    }

    [Fact]
    public async Task What_is_due_only_after_a_time_is_read_page_by_page()
    {
        for (int i = 1; i <= 5; i++)
            Commit(new SaveGrain(EntityId.Device("d" + i), new byte[] { 1 }, null, Samples.At(i), 0));
        Commit(new SaveGrain(EntityId.Device("d6"), new byte[] { 1 }, null, null, 0));

        IReadOnlyList<EntityId> first = await Store.Grains.DueAfterAsync(Samples.At(2), null, 2, Cancel);
        IReadOnlyList<EntityId> rest = await Store.Grains.DueAfterAsync(Samples.At(2), first[^1], 2, Cancel);

        Assert.Equal([EntityId.Device("d3"), EntityId.Device("d4")], first);
        Assert.Equal([EntityId.Device("d5")], rest);
    }

    [Fact]
    public async Task Facts_stay_until_others_are_saved()
    {
        Commit(new SaveGrain(EntityId.Device("d1"), new byte[] { 1 }, new byte[] { 7 }, null, 0));
        Commit(new SaveGrain(EntityId.Device("d1"), new byte[] { 2 }, null, null, 1));
        Assert.Equal([7], (await Store.Grains.LoadAsync(EntityId.Device("d1"), Cancel))!.Facts!);

        Commit(new SaveGrain(EntityId.Device("d1"), new byte[] { 3 }, new byte[] { 8 }, null, 2));

        Snapshot last = (await Store.Grains.LoadAsync(EntityId.Device("d1"), Cancel))!;
        Assert.Equal(([3], [8], 3), (last.State, last.Facts!, last.Version), SnapshotParts);
    }

    [Fact]
    public async Task A_history_stays_until_another_is_saved_and_goes_with_its_device()
    {
        EntityId device = EntityId.Device("d1");
        Assert.Null(await Store.Grains.LoadHistoryAsync(device, Cancel));
        Commit(new PutDevice(Samples.Device("d1")), new SaveGrain(device, new byte[] { 1 }, null, null, 0) { History = [7] });
        Commit(new SaveGrain(device, new byte[] { 2 }, null, null, 1));
        Assert.Equal([7], (await Store.Grains.LoadHistoryAsync(device, Cancel))!);
        CommitUnit stale = new() { Effects = { new SaveGrain(device, new byte[] { 9 }, null, null, 1) { History = [9] } } };
        Store.Commits.Commit([stale]);
        Assert.Equal([7], (await Store.Grains.LoadHistoryAsync(device, Cancel))!);

        Commit(new SaveGrain(device, new byte[] { 3 }, null, null, 2) { History = [8] });

        Assert.Equal([8], (await Store.Grains.LoadHistoryAsync(device, Cancel))!);
        Commit(new DeleteDevice("d1"));
        Assert.Null(await Store.Grains.LoadHistoryAsync(device, Cancel));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_snapshot_that_rests_on_another_version_is_a_conflict_and_nothing_of_its_unit_is_written(long expected)
    {
        Commit(new SaveGrain(EntityId.Device("d1"), new byte[] { 1 }, null, null, 0));
        Commit(new SaveGrain(EntityId.Device("d1"), new byte[] { 2 }, null, null, 1));

        CommitUnit stale = new()
        {
            Effects = { new PutDevice(Samples.Device("d1")), new SaveGrain(EntityId.Device("d1"), new byte[] { 9 }, null, null, expected) },
        };
        CommitUnit other = new() { Effects = { new PutDevice(Samples.Device("d2")) } };
        Store.Commits.Commit([stale, other]);

        Assert.Equal((CommitOutcome.Conflict, CommitOutcome.Committed), (stale.Outcome, other.Outcome));
        Assert.Equal([2], (await Store.Grains.LoadAsync(EntityId.Device("d1"), Cancel))!.State);
        Assert.Null(await Store.Devices.FindAsync("d1", Cancel));
        Assert.NotNull(await Store.Devices.FindAsync("d2", Cancel));
    }

    private static bool SnapshotParts((byte[] State, byte[] Facts, long Version) left, (byte[] State, byte[] Facts, long Version) right) =>
        left.State.SequenceEqual(right.State) && left.Facts.SequenceEqual(right.Facts) && left.Version == right.Version;

    [Fact]
    public async Task Grains_are_due_at_their_time_the_most_overdue_first()
    {
        Commit(
            new SaveGrain(EntityId.Device("later"), new byte[1], null, Samples.At(10), 0),
            new SaveGrain(EntityId.Device("now"), new byte[1], null, Samples.At(5), 0),
            new SaveGrain(EntityId.Customer("first"), new byte[1], null, Samples.At(1), 0),
            new SaveGrain(EntityId.Device("never"), new byte[1], null, null, 0)
        );

        Assert.Equal([EntityId.Customer("first"), EntityId.Device("now")], await Store.Grains.DueAsync(Samples.At(5), 10, Cancel));
        Assert.Equal([EntityId.Customer("first")], await Store.Grains.DueAsync(Samples.At(5), 1, Cancel));
    }

    [Fact]
    public async Task A_grain_that_wants_no_waking_any_more_is_not_due()
    {
        Commit(new SaveGrain(EntityId.Device("d1"), new byte[1], null, Samples.At(1), 0));
        Commit(new SaveGrain(EntityId.Device("d1"), new byte[1], null, null, 1));

        Assert.Empty(await Store.Grains.DueAsync(Samples.At(100), 10, Cancel));
    }

    [Fact]
    public async Task Letters_wait_in_order_until_they_are_told()
    {
        GrainLetter[] letters =
        [
            .. Enumerable
                .Range(1, 3)
                .Select(i => new GrainLetter(
                    $"l{i}",
                    new TagSighted("scanner-1", "mall", "tag-9", Samples.At(i), Samples.At(i + 1), -61.5)
                )),
        ];
        letters[1] = new GrainLetter("l2", new CustomerAnswered("c1", "k1", Samples.At(2)));
        letters[2] = new GrainLetter("l3", new NoticeDue("c1", "w1", "a1", "hot", null, Samples.At(3), "It is hot."));
        Commit(letters.Select(letter => new Tell(letter)));
        Commit(new Tell(letters[0]));

        Assert.Equal(letters, await Store.Mail.PendingAsync(null, 10, Cancel));
        Assert.Equal([letters[1]], await Store.Mail.PendingAsync("l1", 1, Cancel));

        Commit(new Told("l1"), new Told("l3"));

        Assert.Equal([letters[1]], await Store.Mail.PendingAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task Staged_blocks_come_back_in_order_with_rising_positions()
    {
        byte[][] blocks = [Samples.Bytes(65_536, 1), Samples.Bytes(10, 2), Samples.Bytes(1, 3)];
        foreach (byte[] block in blocks)
            Commit(new AppendTelemetry(block));

        IReadOnlyList<StagedBlock> staged = await Store.StagedTelemetry.ReadAsync(0, 1_000_000, Cancel);

        Assert.Equal(blocks, staged.Select(block => block.Block));
        Assert.Equal(staged.Select(block => block.Position).Order().Distinct(), staged.Select(block => block.Position));
        Assert.Equal(staged[2].Position, await Store.StagedTelemetry.LastPositionAsync(Cancel));
        Assert.Equal(
            [staged[1].Position],
            (await Store.StagedTelemetry.ReadAsync(staged[0].Position, 1, Cancel)).Select(block => block.Position)
        );
        Assert.Equal(2, (await Store.StagedTelemetry.ReadAsync(0, 65_537, Cancel)).Count);
    }

    [Fact]
    public async Task All_readings_of_a_commit_are_staged_in_their_order()
    {
        byte[][] blocks = [Samples.Bytes(700_000, 1), Samples.Bytes(700_000, 2), Samples.Bytes(10, 3)];
        Commit(blocks.Select(block => new AppendTelemetry(block)));

        IReadOnlyList<StagedBlock> staged = await Store.StagedTelemetry.ReadAsync(0, 10_000_000, Cancel);

        Assert.Equal(blocks.SelectMany(block => block), staged.SelectMany(block => block.Block));
    }

    [Fact]
    public async Task Positions_are_not_used_again_after_all_blocks_are_trimmed()
    {
        Assert.Equal(0, await Store.StagedTelemetry.LastPositionAsync(Cancel));
        Commit(new AppendTelemetry(new byte[1]), new AppendTelemetry(new byte[1]));
        long last = await Store.StagedTelemetry.LastPositionAsync(Cancel);
        Commit(new TrimStagedTelemetry(last));
        Store.Reopen();

        Assert.Empty(await Store.StagedTelemetry.ReadAsync(0, 1_000_000, Cancel));
        Assert.Equal(last, await Store.StagedTelemetry.LastPositionAsync(Cancel));
        Commit(new AppendTelemetry(new byte[1]));
        Assert.True(await Store.StagedTelemetry.LastPositionAsync(Cancel) > last);
    }

    [Fact]
    public async Task A_credential_is_found_until_it_ends()
    {
        EntityId principal = EntityId.Device("d1");
        Assert.Null(await Store.Credentials.FindSecretHashAsync(principal, Cancel));

        Commit(new PutCredential(principal, "old"));
        Commit(new PutCredential(principal, "new"));
        Assert.Equal("new", await Store.Credentials.FindSecretHashAsync(principal, Cancel));

        Commit(new PutCredential(principal, null));
        Assert.Null(await Store.Credentials.FindSecretHashAsync(principal, Cancel));
    }

    [Fact]
    public async Task A_principal_is_found_by_the_digest_of_its_secret_until_that_ends()
    {
        EntityId principal = EntityId.Device("d1");
        Commit(new PutCredential(principal, "hash", null, "old"), new PutCredential(EntityId.Device("d2"), "hash"));
        Assert.Equal(principal, await Store.Credentials.FindByDigestAsync("old", Cancel));

        Commit(new PutCredential(principal, "hash", null, "new"));
        Assert.Null(await Store.Credentials.FindByDigestAsync("old", Cancel));
        Assert.Equal(principal, await Store.Credentials.FindByDigestAsync("new", Cancel));

        Commit(new PutCredential(principal, null));
        Assert.Null(await Store.Credentials.FindByDigestAsync("new", Cancel));
    }

    [Fact]
    public async Task A_sealed_secret_is_kept_with_its_credential_and_goes_with_it()
    {
        EntityId principal = EntityId.Device("d1");
        Commit(new PutCredential(principal, "old", [1, 2, 3]));
        Commit(new PutCredential(principal, "new", [4, 5]));
        Assert.Equal([4, 5], await Store.Credentials.FindSealedSecretAsync(principal, Cancel));

        Commit(new PutCredential(principal, "without"));
        Assert.Null(await Store.Credentials.FindSealedSecretAsync(principal, Cancel));

        Commit(new PutCredential(principal, "again", [6]));
        Commit(new PutCredential(principal, null));
        Assert.Null(await Store.Credentials.FindSealedSecretAsync(principal, Cancel));
    }
}
