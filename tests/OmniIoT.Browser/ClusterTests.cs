using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.Browser.Devices;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class ClusterTests(ConsoleFixture fixture, SharedPostgres postgres) : ConsoleTest(fixture)
{
    [Fact]
    public async Task A_process_alone_says_so_and_counts_what_it_has_without_a_reload()
    {
        OpenPage desk = await OpenAsync("/cluster");
        await Expect(desk.Handle("process-row")).ToHaveCountAsync(1);
        await desk.ExpectAsync(desk.Handle("process-row", "state", "active"), "the process");
        await desk.ExpectAsync(desk.Page.GetByText("One process runs the platform alone."), "that it is alone");
        await desk.MarkAsync();

        await using Washer washer = await Washer.StartAsync(Host, "counted-washer");
        await desk.ExpectAsync(Figure(desk, "MQTT connections").GetByText("1", new() { Exact = true }), "the connection of the washer");
        await desk.AssertNotReloadedAsync();
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_lost_process_is_marked_and_what_was_known_stays_when_nobody_answers(int width)
    {
        string database = postgres.Server.CreateDatabase();
        await using HostProcess staying = await JoinAsync(database);
        await using HostProcess lost = await JoinAsync(database);
        OpenPage desk = await SignInAsync(
            staying,
            new()
            {
                ViewportSize = new() { Width = width, Height = 844 },
            }
        );
        await desk.Page.GotoAsync($"http://127.0.0.1:{staying.HttpPort}/cluster");
        await Expect(desk.Handle("process-row", "state", "active")).ToHaveCountAsync(2);

        await lost.KillAsync();
        await staying.Api.SeenAsync("cluster", IsOneLost, "process that is given up");
        await desk.ExpectAsync(desk.Handle("process-row", "state", "lost").GetByText("ago"), "how long ago the process was lost");
        await desk.ExpectAsync(Figure(desk, "Active processes").GetByText("1 lost"), "that one is lost");
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();
        Assert.Empty(desk.Errors);

        await staying.KillAsync();
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Alert).GetByText("The server cannot be reached."), "that nobody answers");
        await desk.ExpectAsync(desk.Page.GetByText("Shown as it was"), "how old the figures are");
        await Expect(desk.Handle("process-row")).ToHaveCountAsync(2);
    }

    private static ILocator Figure(OpenPage desk, string name) => desk.Handle("figure").Filter(new() { HasText = name });

    private static bool IsOneLost(JsonNode cluster) => cluster["processes"]!.AsArray().Any(process => (string?)process!["state"] == "lost");

    private static Task<HostProcess> JoinAsync(string database) =>
        HostProcess.StartAsync(
            null,
            $"--OmniIoT:Cluster:Postgres={database}",
            $"--OmniIoT:Cluster:Key={Convert.ToBase64String(new byte[32])}",
            "--OmniIoT:Cluster:SiloPort=0"
        );
}
