using OmniIoT.Postgres;
using OmniIoT.TestKit.Cluster;

namespace OmniIoT.Storage.Postgres.Tests;

public sealed class DatabaseClockTests(SharedPostgres postgres) : IDisposable
{
    private readonly TestDatabase _database = new(postgres.Server);

    public void Dispose() => _database.Dispose();

    [Theory, InlineData(0), InlineData(-3600), InlineData(90)]
    public async Task It_says_how_far_the_clock_of_this_machine_is_ahead_of_the_databases(int seconds)
    {
        using Database database = new(_database.ConnectionString, 2, "clock");

        TimeSpan ahead = await new DatabaseClock(database, new ShiftedTime(TimeSpan.FromSeconds(seconds))).AheadAsync(
            TestContext.Current.CancellationToken
        );

        Assert.InRange(ahead.TotalSeconds, seconds - 1, seconds + 1);
    }

    private sealed class ShiftedTime(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
    }
}
