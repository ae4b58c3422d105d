using System.Diagnostics;
using System.Globalization;
using OmniIoT.Domain;
using OmniIoT.Domain.Devices;
using OmniIoT.Ports.Queries;
using OmniIoT.Sqlite;
using OmniIoT.TestKit;

namespace OmniIoT.Storage.Sqlite.Tests;

public sealed class CrashTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(150)]
    public async Task All_that_was_acknowledged_is_there_after_the_process_was_killed(int killAfter)
    {
        int acknowledged = await CommitUntilKilled(killAfter);

        using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions { Directory = _directory.Path }, TimeProvider.System);
        List<string> devices = await DeviceIds(store);

        // The commit that was under way may be there, whole, or not.
        Assert.InRange(devices.Count, acknowledged, acknowledged + 1);
        Assert.Equal(Enumerable.Range(1, devices.Count).Select(CommitLoop.IdOf), devices);
        Assert.Equal(devices.Count, (await store.Changes.AfterAsync(0, 100_000, TestContext.Current.CancellationToken)).Count);
        for (int j = 0; j < 20; j++)
            Assert.NotNull(await store.Grains.LoadAsync(EntityId.Device($"{devices.Count}-{j}"), TestContext.Current.CancellationToken));
        AssertIntegrity();
    }

    /// <summary>Runs the loop in another process, kills it, and returns the newest commit that it had reported.</summary>
    private async Task<int> CommitUntilKilled(int killAfter)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using Process process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(CommitLoop).Assembly.Location, CommitLoop.Verb, _directory.Path])
            {
                RedirectStandardOutput = true,
            }
        )!;
        int acknowledged = 0;
        try
        {
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                acknowledged = int.Parse(line, CultureInfo.InvariantCulture);
                if (acknowledged == killAfter)
                    process.Kill();
            }
            Assert.True(acknowledged >= killAfter, $"The process ended by itself after {acknowledged} commits.");
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Commit {killAfter} was awaited for {Patience}; {acknowledged} came.");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        return acknowledged;
    }

    private static async Task<List<string>> DeviceIds(SqliteStore store)
    {
        List<string> ids = [];
        string? cursor = null;
        do
        {
            Page<DeviceRegistration> page = await store.Devices.ListAsync(
                new DeviceFilter(),
                new PageRequest(cursor, 500),
                TestContext.Current.CancellationToken
            );
            ids.AddRange(page.Items.Select(device => device.Id));
            cursor = page.Next;
        } while (cursor is not null);
        return ids;
    }

    private void AssertIntegrity()
    {
        using DatabaseConnection connection = DatabaseConnection.OpenReader(Path.Combine(_directory.Path, "omniiot.db"));
        Statement check = connection.Prepare("PRAGMA integrity_check");
        Assert.True(check.Step());
        Assert.Equal("ok", check.Text(0));
        check.Reset();
    }
}
