namespace OmniIoT.Edge.Hardware.Modbus;

/// <summary>The device answered that it does not give this: the connection is well, and so may other registers be.</summary>
internal sealed class ModbusRefusal(string message) : Exception(message);
