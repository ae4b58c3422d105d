using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Process;

/// <summary>The data directory and everything in it belong to the account of the process alone.</summary>
public sealed class DataRightsTests
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    [Fact]
    public async Task What_was_open_to_others_is_closed_and_what_is_new_is_closed_from_the_beginning()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights are inherited there.");
        using TemporaryDirectory directory = new();
        string data = Directory.CreateDirectory(Path.Combine(directory.Path, "data")).FullName;
        await using (HostProcess first = await HostProcess.StartAsync(data))
        {
            await first.Api.PutAsync("sites/s1", """{ "name": "Something to store" }""");
            AssertClosed(data);
            Assert.Equal(0, await first.StopAsync());
        }
        foreach (string entry in Entries(data))
            Open(entry);

        await using HostProcess second = await HostProcess.StartAsync(data);

        AssertClosed(data);
    }

    private static void Open(string entry)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(entry, File.GetUnixFileMode(entry) | Others);
    }

    private static void AssertClosed(string data)
    {
        string[] entries = Entries(data);
        Assert.Contains(entries, entry => entry.EndsWith("-wal", StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry.EndsWith("secrets.key", StringComparison.Ordinal));
        Assert.DoesNotContain(entries, IsOpen);
    }

    private static bool IsOpen(string entry) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(entry) & Others) != 0;

    private static string[] Entries(string data) => [data, .. Directory.EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories)];
}
