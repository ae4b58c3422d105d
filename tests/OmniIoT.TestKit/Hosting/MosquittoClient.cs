using System.Globalization;
using Xunit;

namespace OmniIoT.TestKit.Hosting;

/// <summary>mosquitto's own clients, signed in as one principal.</summary>
public sealed class MosquittoClient
{
    private readonly string _publisher = InstalledProgram.Require("mosquitto_pub");
    private readonly string _subscriber = InstalledProgram.Require("mosquitto_sub");

    // mosquitto_sub keeps back what it says of its subscription as long as it writes to a pipe.
    private readonly string _lineByLine = InstalledProgram.Require("stdbuf");
    private readonly string[] _signIn;

    public MosquittoClient(int port, string user, string password) =>
        _signIn = ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-u", user, "-P", password];

    /// <summary>Publishes with QoS 1, in order, and returns when all are acknowledged.</summary>
    public async Task PublishAsync(string topic, params IReadOnlyList<string> payloads)
    {
        await using LineProcess publisher = LineProcess.Start(_publisher, [.. _signIn, "-q", "1", "-t", topic, "-l"]);
        await publisher.WriteAsync(payloads);
        Assert.Equal(0, await publisher.ExitAsync($"mosquitto_pub to {topic}"));
    }

    /// <summary>Subscribes with QoS 1; subscribed when this returns.</summary>
    /// <param name="persistentClientId">Null: a clean session.</param>
    public async Task<MosquittoSubscription> SubscribeAsync(string filter, string? persistentClientId = null)
    {
        string[] session = persistentClientId is null ? [] : ["-c", "-i", persistentClientId];
        LineProcess process = LineProcess.Start(
            _lineByLine,
            ["-oL", _subscriber, .. _signIn, .. session, "-q", "1", "-d", "-F", MosquittoSubscription.Format, "-t", filter]
        );
        try
        {
            await process.SeenAsync(line => line.StartsWith("Subscribed (", StringComparison.Ordinal), $"subscription to {filter}");
            return new MosquittoSubscription(process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }
}
