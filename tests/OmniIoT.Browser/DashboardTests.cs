using System.Collections.Concurrent;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class DashboardTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    private const string Link = "orleans-dashboard";

    [Fact]
    public async Task An_administrator_comes_from_the_cluster_to_the_grains_and_nobody_else_does()
    {
        await using HostProcess host = await HostProcess.StartAsync(null, "--OmniIoT:Cluster:Dashboard=true");
        OpenPage agent = await OpenClusterAsync(host, "agent");
        await Expect(agent.Handle(Link)).ToHaveCountAsync(0);

        OpenPage admin = await OpenClusterAsync(host, "admin");
        ConcurrentQueue<string> errors = [];
        admin.Page.Context.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Enqueue(message.Text);
        };
        IPage dashboard = await admin.Page.RunAndWaitForPopupAsync(() => admin.ClickAsync(Link));

        await Expect(dashboard.GetByText("Total Activations")).ToBeVisibleAsync();
        await dashboard.GetByRole(AriaRole.Link, new() { Name = "Grains", Exact = true }).ClickAsync();
        await Expect(dashboard.GetByRole(AriaRole.Link, new() { Name = "AttemptsGrain" })).ToBeVisibleAsync();
        Assert.Empty(errors);
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task No_link_leads_to_a_dashboard_that_is_not_served()
    {
        OpenPage admin = await OpenAsync("/cluster");
        await Expect(admin.Handle("process-row")).ToHaveCountAsync(1);

        await Expect(admin.Handle(Link)).ToHaveCountAsync(0);
    }

    private async Task<OpenPage> OpenClusterAsync(HostProcess host, string role)
    {
        HttpCredentials asked = new() { Username = ConsoleFixture.Agent, Password = ConsoleFixture.Password };
        OpenPage desk = await SignInAsync(host, new() { HttpCredentials = asked }, role);
        await desk.Page.GotoAsync($"http://127.0.0.1:{host.HttpPort}/cluster");
        await Expect(desk.Handle("process-row")).ToHaveCountAsync(1);
        return desk;
    }
}
