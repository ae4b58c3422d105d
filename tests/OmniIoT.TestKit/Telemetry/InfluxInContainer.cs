using System.Net;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using OmniIoT.TestKit.Containers;

namespace OmniIoT.TestKit.Telemetry;

/// <summary>An InfluxDB 1.x in a container, on a port of this machine that the engine chooses.</summary>
internal sealed class InfluxInContainer : IAsyncDisposable
{
    private const int Port = 8086;

    private readonly IContainer _container;

    private InfluxInContainer(string image) =>
        _container = new ContainerBuilder(image)
            .WithPortBinding(Port, assignRandomHostPort: true)
            .WithWaitStrategy(
                Wait.ForUnixContainer()
                    .UntilHttpRequestIsSucceeded(ping => ping.ForPort(Port).ForPath("/ping").ForStatusCode(HttpStatusCode.NoContent))
            )
            .Build();

    public Uri Url => new UriBuilder(Uri.UriSchemeHttp, _container.Hostname, _container.GetMappedPublicPort(Port)).Uri;

    /// <summary>Starts one, or skips the test where no engine answers or has no such image.</summary>
    public static async Task<InfluxInContainer> StartAsync()
    {
        // Not INFLUXDB_IMAGE: the tests create their databases by statements that InfluxDB 2 does not have.
        InfluxInContainer started = new(await ContainerEngine.RequireImageAsync("INFLUXDB1_IMAGE", "influxdb:1.8"));
        try
        {
            await started._container.StartAsync();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
