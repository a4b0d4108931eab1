SELECT count(place_order()) AS placed FROM generate_series(1, 50);
