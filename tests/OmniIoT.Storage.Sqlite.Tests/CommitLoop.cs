using System.Globalization;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Sqlite.Tests;

/// <summary>A process that commits without end and prints the number of each commit once it is acknowledged, until it is killed.</summary>
internal static class CommitLoop
{
    public const string Verb = "commit-loop";

    public static int Run(string directory)
    {
        using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions { Directory = directory }, TimeProvider.System);
        byte[] state = Samples.Bytes(1024, seed: 1);
        for (int i = 1; ; i++)
        {
            CommitUnit unit = new();
            unit.Effects.Add(new PutDevice(Samples.Device(IdOf(i))));
            for (int j = 0; j < 20; j++)
                unit.Effects.Add(new SaveGrain(EntityId.Device($"{i}-{j}"), state, null, null, 0));
            unit.Effects.Add(new AppendTimeline(Samples.Entry(IdOf(i))));
            store.Commits.Commit([unit]);
            Console.Out.WriteLine(i.ToString(CultureInfo.InvariantCulture));
            Console.Out.Flush();
        }
    }

    /// <summary>The id of what a commit wrote; ids order as the numbers do.</summary>
    public static string IdOf(int number) => number.ToString("D6", CultureInfo.InvariantCulture);
}
