using System.Data;
using System.Globalization;
using Npgsql;
using OmniIoT.Devices.Time;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.State;
using OmniIoT.Postgres;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>
/// Writes what the committer gathered, in one transaction. One that met another process's (a deadlock, a serialization failure) is
/// rolled back and done again as a whole, so that its decisions rest on what the other one wrote.
/// </summary>
internal sealed class StoreWriter(Database database, PostgresStoreOptions options, TimeProvider time) : ICommitStore, ISequenceStore
{
    /// <summary>What <c>require_member</c> raises.</summary>
    private const string GivenUp = "OM001";

    /// <summary>What <c>require_saved</c> raises.</summary>
    private const string OtherVersions = "OM002";

    /// <summary>
    /// Not flushed: what makes use of a number is written later into the same log, and cannot reach the disk without it.
    /// </summary>
    private const string Unflushed = "SET LOCAL synchronous_commit = off";

    private const string TakeSql = """
        INSERT INTO sequences (name, last) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET last = sequences.last + excluded.last RETURNING last
        """;

    private const string ProbeSql = "INSERT INTO probe (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at";

    private readonly ChangeTrim _trim = new(options.KeptChanges);

    public IReadOnlyList<Change> Commit(IReadOnlyList<CommitUnit> units)
    {
        (CommitOutcome[] outcomes, IReadOnlyList<Change> changes) = Fenced(() =>
            database.Do(connection => Failures.Retry(() => Try(connection, units)))
        );
        for (int i = 0; i < outcomes.Length; i++)
            units[i].Outcome = outcomes[i];
        return changes;
    }

    public string? Probe()
    {
        try
        {
            database.Do(connection => connection.Execute(ProbeSql, Now.UnixMilliseconds));
            return null;
        }
        catch (StorageUnavailableException unavailable)
        {
            return unavailable.Message;
        }
    }

    public long Take(string sequence, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return database.Do(connection =>
        {
            using NpgsqlTransaction transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
            long last = 0;
            Pipeline batch = new(connection);
            batch.Add(Unflushed);
            batch.Add(TakeSql, [sequence, (long)count], row => last = row.GetInt64(0));
            batch.Add("COMMIT");
            batch.Send();
            return last - count + 1;
        });
    }

    private Instant Now => time.Now();

    private (CommitOutcome[] Outcomes, IReadOnlyList<Change> Changes) Try(NpgsqlConnection connection, IReadOnlyList<CommitUnit> units)
    {
        bool lookFirst = false;
        while (true)
        {
            try
            {
                return Try(connection, units, lookFirst);
            }
            catch (PostgresException refused) when (refused.SqlState == OtherVersions)
            {
                // Snapshots that are there are held from now on; one that was not there may have come meanwhile.
                lookFirst = true;
            }
        }
    }

    /// <summary>The last statements and the end of the transaction go out together; a transaction that fails is rolled back.</summary>
    private (CommitOutcome[] Outcomes, IReadOnlyList<Change> Changes) Try(
        NpgsqlConnection connection,
        IReadOnlyList<CommitUnit> units,
        bool lookFirst
    )
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        CommitWork work = new(connection);
        if (options.Member?.Invoke() is { } member)
            RequireMember(work.Batch, member);
        EffectWriter effects = new(work, Now, options.Lane, _trim);
        CommitOutcome[] outcomes = effects.Apply(units, lookFirst);
        Func<IReadOnlyList<Change>> changes = effects.Finish();
        work.Batch.Add("COMMIT");
        work.Batch.Send();
        return (outcomes, changes());
    }

    private static void RequireMember(Pipeline batch, ClusterMember member) =>
        batch.Add(
            "SELECT require_member($1, $2, $3, $4)",
            [member.ClusterId, member.Address, member.Port, member.Generation],
            static _ => { }
        );

    private static T Fenced<T>(Func<T> commit)
    {
        try
        {
            return commit();
        }
        catch (PostgresException refused) when (refused.SqlState == GivenUp)
        {
            throw new FencedException(string.Create(CultureInfo.InvariantCulture, $"{refused.MessageText} Nothing was written."), refused);
        }
    }
}
