using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Figures;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Storage.Sqlite;

namespace OmniIoT.Benchmarks;

/// <summary>
/// How long a year of reports takes in the embedded store: eight channels, twenty queues and two hundred agents, with contacts, answers,
/// ends and cases in every quarter of an hour.
/// </summary>
internal static class ReportTimes
{
    private const int Channels = 8;
    private const int Queues = 20;
    private const int Agents = 200;
    private const int Days = 365;
    private const int QuartersOfDay = 96;
    private const int Rounds = 11;

    /// <summary>In UTC.</summary>
    private static readonly Instant Start = new(1_764_547_200_000);

    public static async Task<int> RunAsync(long contacts, CancellationToken cancellationToken)
    {
        string directory = Directory.CreateTempSubdirectory("omniiot-reports-").FullName;
        try
        {
            using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions { Directory = directory }, TimeProvider.System);
            Fill(store, contacts);
            await MeasureAsync(store, cancellationToken);
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>What is the same is added up before it is written, as a commit does it.</summary>
    private static void Fill(SqliteStore store, long contacts)
    {
        Random random = new(20261130);
        long each = contacts / ((long)Days * QuartersOfDay * Channels);
        Stopwatch watch = Stopwatch.StartNew();
        for (int day = 0; day < Days; day++)
        {
            CommitUnit unit = new();
            for (int quarter = 0; quarter < QuartersOfDay; quarter++)
            {
                Instant at = Start + TimeSpan.FromDays(day) + TimeSpan.FromMinutes(15.0 * quarter);
                for (int channel = 0; channel < Channels; channel++)
                    Happen(unit.Effects, at, channel, each, random);
            }
            store.Commits.Commit([unit]);
            if ((day + 1) % (Days / 5) == 0)
                Say($"filled {100 * (day + 1) / Days} % in {watch.Elapsed.TotalSeconds:F0} s");
        }
    }

    private static void Happen(List<Effect> effects, Instant at, int channel, long times, Random random)
    {
        FigureSubject of = new()
        {
            Channel = "channel-" + channel,
            Queue = "queue-" + random.Next(Queues),
            Agent = "agent-" + random.Next(Agents),
        };
        foreach (string measure in new[] { Measures.Contacts, Measures.Ended, Measures.Opened, Measures.Closed, Measures.Csat })
            effects.Add(new CountFigure(measure, of, at) { Times = times, Sum = times * 4 });
        for (int bin = 0; bin < 3; bin++)
            effects.Add(
                new CountFigure(Measures.Waits, of, at)
                {
                    Times = times / 3,
                    Sum = times * 60,
                    Bin = random.Next(20, 70),
                }
            );
    }

    private static async Task MeasureAsync(SqliteStore store, CancellationToken cancellationToken)
    {
        Instant end = Start + TimeSpan.FromDays(Days);
        TimeZoneInfo baku = TimeZoneInfo.FindSystemTimeZoneById("Asia/Baku");
        foreach (string dimension in new[] { Dimensions.Channel, Dimensions.Queue, Dimensions.Agent })
        {
            await TellAsync($"a year by {dimension}", [new BucketSpan(Start, end)]);
            await TellAsync($"a year by {dimension}, months in Baku", FigureBuckets.Of(Start, end, FigureBucket.Month, baku)!);
        }
        await TellAsync(
            "a year by channel, days in UTC",
            FigureBuckets.Of(Start, end, FigureBucket.Day, TimeZoneInfo.Utc)!,
            Dimensions.Channel
        );
        await TellAsync("a year by channel, days in Baku", FigureBuckets.Of(Start, end, FigureBucket.Day, baku)!, Dimensions.Channel);

        async Task TellAsync(string name, IReadOnlyList<BucketSpan> parts, string? dimension = null)
        {
            string by = dimension ?? name.Split(' ', ',')[3];
            double[] times = new double[Rounds];
            int rows = 0;
            for (int round = 0; round < Rounds; round++)
            {
                long before = Stopwatch.GetTimestamp();
                rows = 0;
                foreach (IReadOnlyList<Figure> figures in await store.Figures.ReadAsync(by, parts, cancellationToken))
                {
                    rows += figures
                        .GroupBy(static figure => figure.Value)
                        .Select(static value => ReportRow.Of(value.Select(static one => (one.Measure, one.Bin, one.Times, one.Sum))))
                        .Count(static row => row.Contacts > 0);
                }
                times[round] = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
            }
            Array.Sort(times);
            Say($"{name, -40} {rows, 6} rows  median {times[Rounds / 2]:F0} ms, worst {times[^1]:F0} ms");
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
