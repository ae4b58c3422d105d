using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Packets;

/// <summary>3.1.1's return codes of CONNACK (MQTT311 table 3.1) and the reason codes they correspond to.</summary>
internal static class ConnectReturnCode
{
    public static ReasonCode ToReasonCode(byte returnCode)
    {
        switch (returnCode)
        {
            case 0:
                return ReasonCode.Success;
            case 1:
                return ReasonCode.UnsupportedProtocolVersion;
            case 2:
                return ReasonCode.ClientIdentifierNotValid;
            case 3:
                return ReasonCode.ServerUnavailable;
            case 4:
                return ReasonCode.BadUserNameOrPassword;
            case 5:
                return ReasonCode.NotAuthorized;
            default:
                MqttProtocolException.ThrowProtocolError($"Return code {returnCode} in CONNACK."); // MQTT311 section 3.2.2.3: reserved.
                return default;
        }
    }

    /// <summary>Null when no return code applies: the server then closes without CONNACK, MQTT311 [MQTT-3.2.2-6].</summary>
    public static byte? FromReasonCode(ReasonCode code) =>
        code switch
        {
            ReasonCode.Success => 0,
            ReasonCode.UnsupportedProtocolVersion => 1,
            ReasonCode.ClientIdentifierNotValid => 2,
            ReasonCode.ServerUnavailable or ReasonCode.ServerBusy => 3,
            ReasonCode.BadUserNameOrPassword => 4,
            ReasonCode.NotAuthorized or ReasonCode.Banned => 5,
            _ => null,
        };
}
