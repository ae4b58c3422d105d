using OmniIoT.Ports.Cluster;
using OmniIoT.Postgres;

namespace OmniIoT.Storage.Postgres;

/// <summary>The clock of the database's machine.</summary>
internal sealed class DatabaseClock(Database database, TimeProvider time) : ISharedClock
{
    /// <summary>The fastest look is the most exact; the first may open a connection.</summary>
    private const int Looks = 3;

    private const string Sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    public async ValueTask<TimeSpan> AheadAsync(CancellationToken cancellationToken)
    {
        (TimeSpan took, TimeSpan ahead) = await LookAsync(cancellationToken);
        for (int look = 1; look < Looks; look++)
        {
            (TimeSpan Took, TimeSpan Ahead) next = await LookAsync(cancellationToken);
            if (next.Took < took)
                (took, ahead) = next;
        }
        return ahead;
    }

    /// <summary>The database is taken to look half-way through.</summary>
    private async ValueTask<(TimeSpan Took, TimeSpan Ahead)> LookAsync(CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        long microseconds = (await database.ReadAsync(Sql, [], static row => row.GetInt64(0), cancellationToken))[0];
        TimeSpan took = time.GetElapsedTime(start);
        return (took, time.GetUtcNow() - (took / 2) - DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds));
    }
}
