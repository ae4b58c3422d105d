using OmniIoT.Dialects.HomeAssistant;
using OmniIoT.Dialects.OwnTracks;
using OmniIoT.Dialects.Shelly;
using OmniIoT.Dialects.Tasmota;
using OmniIoT.Dialects.ThingsBoard;
using OmniIoT.Dialects.Zigbee2Mqtt;

namespace OmniIoT.Dialects.Makers;

/// <summary>The makers whose words are known.</summary>
public static class MakerDevices
{
    /// <summary>The device as each maker's; who comes first takes a topic that several know.</summary>
    public static IReadOnlyList<MakerDevice> Of(string id) =>
        [
            new ThingsBoardDevice(id),
            new TasmotaDevice(id),
            new ShellyDevice(id),
            new Zigbee2MqttBridge(id),
            new OwnTracksPhone(id),
            new HomeAssistantDevice(id),
        ];

    /// <summary>A customer's app as each maker's.</summary>
    public static IReadOnlyList<MakerDevice> OfCustomer(string id) => [new OwnTracksCustomer(id)];
}
