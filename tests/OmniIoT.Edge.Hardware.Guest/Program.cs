using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Hardware.Guest;

// Runs inside the guest: uses the sensors and outputs on its kernel's simulated chips and says what came of it, a line each.
Board board = new("/sys", TimeProvider.System);
I2cScenes.Run(board);
LineScenes.Run(board);
Say.That("end", "reached");
