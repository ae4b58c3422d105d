using System.Text;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Process;

/// <summary>The command <c>audit verify</c>.</summary>
public sealed class AuditCommandTests
{
    [Fact]
    public async Task A_trail_is_whole_beside_a_running_host_and_after_it_and_a_flipped_byte_is_named()
    {
        using TemporaryDirectory data = new();
        string changed;
        await using (HostProcess host = await HostProcess.StartAsync(data.Path))
        {
            await host.Api.PutAsync("sites/flipped-1", """{ "name": "A" }""");
            await host.Api.PutAsync("customers/gone", """{ "name": "Somebody" }""");
            (await host.Api.DeleteAsync(new Uri("customers/gone", UriKind.Relative))).EnsureSuccessStatusCode();
            changed = (string)Assert.Single(await host.Api.ListAsync("audit?subject=site:flipped-1"))["id"]!;

            (int running, string said) = await VerifyAsync(data.Path);

            Assert.Equal((0, 1), (running, said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
            Assert.Contains(" entries", said, StringComparison.Ordinal);
            Assert.Equal(0, await host.StopAsync());
        }
        Assert.Equal(0, (await VerifyAsync(data.Path)).ExitCode);

        // Whoever has the file has the trail: in it the subject stands in the table and its indexes only.
        Replace(Path.Combine(data.Path, "omniiot.db"), "site:flipped-1", "site:flipped-2");

        (int exitCode, string output) = await VerifyAsync(data.Path);
        Assert.Equal(1, exitCode);
        Assert.Contains($"at entry {changed}: it was changed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_without_a_database_is_no_trail()
    {
        using TemporaryDirectory data = new();

        (int exitCode, string output) = await VerifyAsync(data.Path);

        Assert.Equal(2, exitCode);
        Assert.Contains("OmniIoT:Data:Directory cannot be used", output, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output)> VerifyAsync(string data) => HostProcess.StartToFailAsync(data, "audit", "verify");

    private static void Replace(string file, string text, string by)
    {
        byte[] content = File.ReadAllBytes(file);
        int found = 0;
        for (int at; (at = content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text))) >= 0; found++)
            Encoding.UTF8.GetBytes(by).CopyTo(content, at);
        Assert.InRange(found, 1, 10);
        File.WriteAllBytes(file, content);
    }
}
