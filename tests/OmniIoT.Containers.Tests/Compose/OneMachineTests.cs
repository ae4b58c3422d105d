using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using OmniIoT.TestKit;

namespace OmniIoT.Containers.Tests.Compose;

/// <summary><c>docker-compose.yml</c>: the platform in one container, its data in a volume.</summary>
[Collection(nameof(Compositions))]
public sealed class OneMachineTests
{
    private const string Service = "omniiot";

    [Fact]
    public async Task A_device_reports_and_a_new_container_on_the_same_volume_knows_it()
    {
        await using Composition composition = await Composition.UpAsync("docker-compose.yml");
        await composition.HealthyAsync(Service);
        Lamp lamp = await Lamp.RegisterAsync(composition, "lamp-1");

        await lamp.ReportOnceAsync(21.5);
        await lamp.SeenAsync(21.5);
        await composition.RunAsync("stop");

        Assert.Equal("0", await composition.InspectAsync(Service, "{{.State.ExitCode}}"));
        Assert.DoesNotContain(" fail: ", await composition.RunAsync("logs", "--no-color"), StringComparison.Ordinal);
        await composition.RunAsync("down");
        await composition.RunAsync("up", "--detach", "--no-build");
        await composition.HealthyAsync(Service);

        await lamp.SeenAsync(21.5);
        await lamp.ReportOnceAsync(22.5);
        await lamp.SeenAsync(22.5);
        Assert.DoesNotContain(" fail: ", await composition.RunAsync("logs", "--no-color"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_the_console_in_it_and_runs_as_nobody_special()
    {
        await using Composition composition = await Composition.UpAsync("docker-compose.yml");
        await composition.HealthyAsync(Service);

        string page = await composition.Api.GetStringAsync(
            new Uri(composition.Api.BaseAddress!, "/"),
            TestContext.Current.CancellationToken
        );

        Assert.Contains("<script type=\"module\"", page, StringComparison.Ordinal);
        Assert.Equal("1654", (await composition.RunAsync("exec", "-T", Service, "id", "-u")).Trim());
        Assert.Equal("1654 700", (await composition.RunAsync("exec", "-T", Service, "stat", "-c", "%u %a", "/data")).Trim());
    }

    [Fact]
    public async Task Its_image_becomes_well_under_the_restrictions_of_the_Kubernetes_manifest()
    {
        await using Composition composition = await Composition.UpAsync("docker-compose.yml");
        await using IContainer restricted = new ContainerBuilder(Composition.Image)
            .WithEnvironment("OmniIoT__Api__Key", Composition.ApiKey)
            .WithTmpfsMount("/tmp")
            .WithCreateParameterModifier(container =>
            {
                container.HostConfig!.ReadonlyRootfs = true;
                container.HostConfig.CapDrop = ["ALL"];
                container.HostConfig.SecurityOpt = ["no-new-privileges"];
            })
            .WithWaitStrategy(Wait.ForUnixContainer().UntilContainerIsHealthy())
            .Build();

        await Awaited.Within(
            restricted.StartAsync(TestContext.Current.CancellationToken),
            "container that is healthy",
            TimeSpan.FromMinutes(1)
        );

        Assert.Equal(TestcontainersHealthStatus.Healthy, restricted.Health);
    }
}
