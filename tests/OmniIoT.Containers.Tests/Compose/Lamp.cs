using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Containers.Tests.Compose;

/// <summary>A device that reports its temperature to a composition.</summary>
internal sealed class Lamp(Composition composition, string id, string secret)
{
    /// <summary>Registers it, and its model if nobody did.</summary>
    public static async Task<Lamp> RegisterAsync(Composition composition, string id)
    {
        await composition.SeenAsync("models", _ => true, "platform that answers");
        await composition.Api.PutAsync("models/lamp", """{"name":"Lamp","metrics":{"temperature":{"unit":"Cel"}},"rules":[]}""");
        JsonNode registered = await composition.Api.PutAsync($"devices/{id}", """{"model":"lamp"}""");
        return new Lamp(composition, id, (string)registered["secret"]!);
    }

    /// <summary>Signs in; it comes back by itself when its connection is lost.</summary>
    /// <param name="wrongSecret">Null: its own.</param>
    public async Task<MqttClient> ConnectAsync(string? wrongSecret = null)
    {
        MqttClientOptions options = new()
        {
            Host = "127.0.0.1",
            Port = composition.MqttPort,
            ClientId = id,
            UserName = id,
            Password = Encoding.UTF8.GetBytes(wrongSecret ?? secret),
        };
        MqttClient client = new(options, TimeProvider.System, new Random(1));
        try
        {
            await client.ConnectAsync();
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when it is acknowledged.</summary>
    public async Task ReportAsync(MqttClient client, double temperature)
    {
        string payload = string.Create(CultureInfo.InvariantCulture, $$"""{"temperature":{{temperature}}}""");
        Task<ReasonCode> acknowledged = client.PublishAsync(
            $"devices/{id}/telemetry",
            Encoding.UTF8.GetBytes(payload),
            QualityOfService.AtLeastOnce
        );
        Assert.Equal(ReasonCode.Success, await Awaited.Within(acknowledged, "acknowledgement", TimeSpan.FromMinutes(1)));
    }

    public async Task ReportOnceAsync(double temperature)
    {
        await using MqttClient client = await ConnectAsync();
        await ReportAsync(client, temperature);
    }

    public Task SeenAsync(double temperature) =>
        composition.SeenAsync(
            $"devices/{id}/twin",
            twin => (double?)twin["values"]?["temperature"]?["value"] == temperature,
            $"{temperature} degrees in the twin of {id}"
        );
}
