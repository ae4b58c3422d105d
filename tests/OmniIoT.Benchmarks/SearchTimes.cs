using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Search;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Storage.Sqlite;

namespace OmniIoT.Benchmarks;

/// <summary>
/// How long searches take in the embedded store, beside a scan of the same rows: twice as many devices as customers and ten entries of
/// timelines a customer, from a seeded vocabulary in which few words are frequent and many are rare.
/// </summary>
internal static class SearchTimes
{
    private const int Rounds = 200;
    private const int Words = 20_000;
    private const int EffectsAtOnce = 2_000;
    private static readonly Instant Start = new(1_795_311_180_000);

    private static readonly string[] Frequent =
    [
        "temperature",
        "washer",
        "filter",
        "visit",
        "alarm",
        "kitchen",
        "Leyla",
        "İsmayıl",
        "Nizami",
        "repair",
    ];

    public static async Task<int> RunAsync(int customers, CancellationToken cancellationToken)
    {
        string directory = Directory.CreateTempSubdirectory("omniiot-search-").FullName;
        try
        {
            using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions { Directory = directory }, TimeProvider.System);
            Fill(store, directory, customers);
            await MeasureAsync(store, directory, customers, cancellationToken);
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Fill(SqliteStore store, string directory, int customers)
    {
        Random random = new(20261130);
        Say("filling:", Apply(store, Enumerable.Range(0, customers).Select(i => new PutCustomer(CustomerOf(i, random)))), directory);
        Say("filling:", Apply(store, Enumerable.Range(0, customers * 2).Select(i => new PutDevice(DeviceOf(i, random)))), directory);
        Say(
            "filling:",
            Apply(store, Enumerable.Range(0, customers * 10).Select(i => new AppendTimeline(EntryOf(i, customers, random)))),
            directory
        );
    }

    private static (int Rows, TimeSpan Cpu) Apply(SqliteStore store, IEnumerable<Effect> effects)
    {
        int rows = 0;
        TimeSpan before = Environment.CpuUsage.TotalTime;
        foreach (Effect[] some in effects.Chunk(EffectsAtOnce))
        {
            CommitUnit unit = new();
            unit.Effects.AddRange(some);
            store.Commits.Commit([unit]);
            rows += some.Length;
        }
        return (rows, Environment.CpuUsage.TotalTime - before);
    }

    private static async Task MeasureAsync(SqliteStore store, string directory, int customers, CancellationToken cancellationToken)
    {
        PageRequest page = new();
        await TellAsync("customers?q=", text => store.Customers.ListAsync(text, page, cancellationToken));
        await TellAsync("devices?q=", text => store.Devices.ListAsync(new DeviceFilter(Text: text), page, cancellationToken));
        Random random = new(7);
        await TellAsync(
            "timeline?q=",
            text => store.Timeline.ListAsync(new TimelineFilter($"c{random.Next(customers)}", Text: text), page, cancellationToken)
        );
        foreach (SearchKind kind in Enum.GetValues<SearchKind>())
            await TellAsync($"search {kind}", text => store.Search.FindAsync(kind, SearchQuery.Of(text), 10, cancellationToken));
        await using SqliteConnection scan = new($"Data Source={Path.Combine(directory, "omniiot.db")};Mode=ReadOnly");
        scan.Open();
        await TellAsync("scan of customers, as before", text => Scan(scan, "customers", "search", text));
        await TellAsync("scan of devices, as before", text => Scan(scan, "devices", "search", text));
    }

    private static ValueTask<bool> Scan(SqliteConnection connection, string table, string column, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT id, json FROM {table} WHERE {column} LIKE $text ORDER BY id LIMIT 51";
        command.Parameters.AddWithValue("$text", $"%{text.ToLowerInvariant()}%");
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read()) { }
        return new(true);
    }

    private static async Task TellAsync<T>(string what, Func<string, ValueTask<T>> search)
    {
        double[] times = new double[Rounds];
        Random random = new(11);
        for (int round = -20; round < Rounds; round++)
        {
            string text = QueryOf(random);
            long from = Stopwatch.GetTimestamp();
            await search(text);
            if (round >= 0)
                times[round] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        }
        Array.Sort(times);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -30} p50 {times[Rounds / 2]:F2} ms, p99 {times[Rounds * 99 / 100]:F2} ms, longest {times[^1]:F2} ms"
            )
        );
    }

    private static void Say(string what, (int Rows, TimeSpan Cpu) done, string directory)
    {
        long bytes = new FileInfo(Path.Combine(directory, "omniiot.db")).Length;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what} {done.Rows:N0} rows, {done.Cpu.TotalMicroseconds / done.Rows:F1} µs of CPU a row; the file has {bytes / 1048576.0:F0} MiB"
            )
        );
    }

    /// <summary>Whole words and beginnings, frequent and rare, two words, numbers.</summary>
    private static string QueryOf(Random random) =>
        random.Next(6) switch
        {
            0 => Frequent[random.Next(Frequent.Length)],
            1 => Frequent[random.Next(Frequent.Length)][..4],
            2 => WordOf(random),
            3 => WordOf(random)[..3],
            4 => $"{Frequent[random.Next(Frequent.Length)]} {WordOf(random)}",
            _ => random.Next(1_000_000, 9_999_999).ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>Every tenth is frequent; rare ones are made of syllables.</summary>
    private static string WordOf(Random random)
    {
        if (random.Next(10) == 0)
            return Frequent[random.Next(Frequent.Length)];
        Random of = new(random.Next(Words));
        const string consonants = "bdfgklmnprstvz",
            vowels = "aeiou";
        return string.Concat(
            Enumerable.Range(0, 3).Select(_ => $"{consonants[of.Next(consonants.Length)]}{vowels[of.Next(vowels.Length)]}")
        );
    }

    private static string TextOf(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => WordOf(random)));

    private static Customer CustomerOf(int i, Random random) =>
        new()
        {
            Id = $"c{i}",
            Name = TextOf(random, 2),
            Locale = null,
            TimeZone = null,
            Tags = [],
            Consent = new Consent(),
            Identities = [new Identity("phone", $"+99450{random.Next(1_000_000, 9_999_999)}"), new Identity("email", $"c{i}@example.com")],
            CreatedAt = Start,
            Version = 1,
        };

    private static DeviceRegistration DeviceOf(int i, Random random) =>
        new($"washer-{i:D6}", "washer-w2", $"c{i / 2}", null, TextOf(random, 2), Start, 1);

    private static TimelineEntry EntryOf(int i, int customers, Random random) =>
        new()
        {
            Id = $"e{i:D10}",
            CustomerId = $"c{random.Next(customers)}",
            At = new Instant(Start.UnixMilliseconds + i),
            RecordedAt = Start,
            Kind = i % 4 == 0 ? TimelineKind.MessageReceived : TimelineKind.VisitEntered,
            Channel = "place",
            Direction = TimelineDirection.In,
            Actor = "system",
            Title = TextOf(random, 3),
            Text = TextOf(random, 12),
            Refs = TimelineRefs.None,
            Data = new JsonObject(),
        };
}
