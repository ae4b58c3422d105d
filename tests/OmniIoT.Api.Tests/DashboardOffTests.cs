using System.Net;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

public sealed class DashboardOffTests(RunningHost host, DashboardHost dashboard) : IClassFixture<RunningHost>, IClassFixture<DashboardHost>
{
    [Theory]
    [InlineData("/orleans")]
    [InlineData("/orleans/")]
    [InlineData("/orleans/DashboardCounters")]
    public async Task Without_the_setting_there_is_no_dashboard(string path)
    {
        using HttpClient stranger = host.ClientWith(null);

        Answer answer = await RunningHost.SendAsync(stranger, HttpMethod.Get, path, null);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(404, (int?)answer.Json!["status"]);
    }

    [Fact]
    public void Without_the_setting_others_place_no_grains_of_theirs_here()
    {
        Assert.Empty(DashboardHost.GrainsOf(host));
        Assert.NotEmpty(DashboardHost.GrainsOf(dashboard.Host));
    }

    [Fact]
    public async Task Without_the_setting_the_cluster_names_none()
    {
        Answer cluster = await host.GetAsync("cluster");

        Assert.True(cluster.Json!.AsObject().TryGetPropertyValue("dashboard", out JsonNode? dashboard));
        Assert.Null(dashboard);
    }
}
