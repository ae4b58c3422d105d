using System.Text;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Simulators.Fleet;

/// <summary>MQTT clients of devices and of shoppers' phones.</summary>
internal static class MqttSignIn
{
    private static readonly TimeSpan SessionExpiry = TimeSpan.FromDays(1);

    /// <summary>A client whose session outlives its connections: what is sent to it meanwhile waits for it.</summary>
    public static MqttClient Create(
        HostAddress host,
        string clientId,
        string userName,
        string password,
        TimeProvider time,
        Random random
    ) =>
        new(
            new MqttClientOptions
            {
                Host = host.MqttHost,
                Port = host.MqttPort,
                ClientId = clientId,
                UserName = userName,
                Password = Encoding.UTF8.GetBytes(password),
                CleanStart = false,
                SessionExpiryInterval = SessionExpiry,
            },
            time,
            // Its own: the client's loop runs beside whoever else draws from this one.
            new Random(random.Next())
        );

    /// <exception cref="SimulationException">The host cannot be reached or refuses.</exception>
    public static async Task ConnectAsync(
        MqttClient client,
        HostAddress host,
        IEnumerable<string> filters,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await client.ConnectAsync(cancellationToken);
            foreach (string filter in filters)
            {
                ReasonCode reason = await client.SubscribeAsync(filter, QualityOfService.AtLeastOnce, cancellationToken);
                if (reason.IsFailure())
                    throw new SimulationException($"The host refused the subscription to {filter}: {reason}.");
            }
        }
        catch (MqttClientException failure)
        {
            throw new SimulationException($"MQTT at {host.MqttHost}:{host.MqttPort}, {client.ClientId}: {failure.Message}", failure);
        }
    }
}
