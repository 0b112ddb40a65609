"""The reference that the gateway is measured against: FastAPI and uvicorn returning one fixed dict."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/api/v1/data/binance/BTCUSDT")
async def quote():
    return {
        "success": True,
        "data": {"symbol": "BTC", "price": "50123.45", "source": "mock"},
        "mock": True,
        "response_time": 0.004,
    }
